package io.yapok.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TablesCheckTest {
  private static final String SHOP =
      """
      name: shop
      source: {topic: in}
      tables:
        users: {topic: users, as_of: record, history: 2h, fields: {age: float64}}
        items: {topic: items, global: true, by: item, fields: {price: float64}}
      steps: [{transform: {a: 1}}]
      sink: {topic: out}
      rejects: {topic: bad}
      """;

  private static List<String> problems(String yaml, Map<String, Integer> partitions, Set<String> read) {
    return check(yaml, partitions, read).problems().stream().map(Problem::toString).toList();
  }

  private static TablesCheck check(String yaml, Map<String, Integer> partitions, Set<String> read) {
    return new TablesCheck(PipelineDocument.parse(yaml, "shop.yaml"), "app", topic -> Optional.ofNullable(partitions.get(topic)), () -> read);
  }

  @Test
  void shouldFindNothingWhenPartitionedTablesHaveThePartitionsOfTheSource() {
    assertThat(problems(SHOP, Map.of("in", 4, "users", 4, "items", 1), Set.of())).isEmpty();
    assertThat(problems(SHOP, Map.of("in", 4, "users", 3, "items", 1), Set.of())).singleElement().asString().contains("has 3 partitions and the source \"in\" 4", "shop.yaml:4:", "(tables.users.topic)");
  }

  @Test
  void shouldAskForThePartitionsOfTheTopicThatGivesRecordsTheirKeys() {
    String keyed = SHOP.replace("{topic: in}", "{topic: in, key: user}");
    assertThat(problems(keyed, Map.of("in", 4, "users", 4), Set.of())).as("it will be made like the source").isEmpty();
    assertThat(problems(keyed, Map.of("in", 4, "app-keyed-repartition", 6, "users", 6), Set.of())).isEmpty();
    assertThat(problems(keyed, Map.of("in", 4, "app-keyed-repartition", 6, "users", 4), Set.of())).hasSize(1);
  }

  /** As when a table of newest rows begins to keep versions: the group would go on where it was, with an empty store. */
  @Test
  void shouldRefuseATableThatWasReadBeforeAndIsNotKept() {
    Map<String, Integer> topics = Map.of("in", 4, "users", 4);
    assertThat(problems(SHOP, topics, Set.of("users", "in"))).singleElement().asString().contains("app-history-users-changelog", "yapok reset", "(tables.users.topic)");
    assertThat(problems(SHOP, Map.of("in", 4, "users", 4, "app-history-users-changelog", 4), Set.of("users", "in"))).isEmpty();
  }

  @Test
  void shouldKeepRowsFromCompactionForAsLongAsTheHistoryWhenATopicIsMade() {
    TablesCheck check = check(SHOP, Map.of(), Set.of());

    assertThat(check.configs("users")).isEqualTo(Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "7200000"));
    assertThat(check.configs("items")).isEqualTo(Map.of("cleanup.policy", "compact"));
    assertThat(check.configs("in")).isEmpty();
  }
}
