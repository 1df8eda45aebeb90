package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static io.yapok.topology.KafkaTopics.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables on a broker. */
class TablesIT {
  private static final int PARTITIONS = 3;
  private static final int REQUESTS = 3_000;
  private static final Pattern ANSWER = Pattern.compile("\"id\":(\\d+).*\"paid\":\\[([-0-9.E,]+)]");

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  private final long now = System.currentTimeMillis();
  private final Random random = new Random();
  private final Map<String, TreeMap<Long, Integer>> ages = new HashMap<>();
  private final Map<Integer, String> expected = new TreeMap<>();

  private static Pipeline pipeline(String name, int run, int batch) {
    String yaml =
        """
        name: %1$s
        source: {topic: %1$s, rows: items, fields: {item: int64}}
        tables:
          users: {topic: %1$s-users, as_of: record, fields: {age: float64}}
          items: {topic: %1$s-items, global: true, by: item, fields: {price: float64}}
        steps:
          - transform: {paid: table.items.price * 1000.0 + table.users.age}
        sink: {topic: %1$s-out%2$d}
        rejects: {topic: %1$s-bad%2$d}
        batch: {records: %3$d}
        """;
    return new Pipeline(Steps.compile(PipelineDocument.parse(yaml.formatted(name, run, batch), "shop.yaml")));
  }

  private void createTopics(String name) {
    topics.create(name, PARTITIONS, Map.of());
    topics.create(name + "-users", PARTITIONS, Map.of("cleanup.policy", "compact"));
    topics.create(name + "-items", 2, Map.of("cleanup.policy", "compact"));
    for (var suffix : List.of("-out1", "-out2", "-bad1", "-bad2")) {
      topics.create(name + suffix, PARTITIONS, Map.of());
    }
  }

  private StreamOptions options(String name, int threads) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state).withThreads(threads);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, long timestamp, String key, @Nullable String value) {
    return new ProducerRecord<>(topic, null, timestamp, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  /** Versions of users' rows in any order, some of them deletions; the last one of a timestamp counts. */
  private void sendTables(String name) {
    var rows = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (int version = 0; version < 1_000; version++) {
      String user = "u" + random.nextInt(60);
      long timestamp = now - random.nextInt(3_600_000);
      @Nullable Integer age = random.nextInt(10) == 0 ? null : (Integer) version;
      if (ages.computeIfAbsent(user, _ -> new TreeMap<>()).putIfAbsent(timestamp, age == null ? -1 : age) == null) {
        rows.add(record(name + "-users", timestamp, user, age == null ? null : "{\"age\":" + age + "}"));
      }
    }
    Collections.shuffle(rows, random);
    try (var producer = topics.producer(Map.of())) {
      rows.forEach(producer::send);
      for (int item = 0; item < 200; item++) {
        producer.send(record(name + "-items", now, Integer.toString(item), "{\"price\":" + item + "}"));
      }
      producer.send(record(name + "-users", now, "u1", "nonsense"));
      producer.send(record(name + "-items", now, "1", "nonsense"));
    }
  }

  private void sendRequests(String name) {
    try (var producer = topics.producer(Map.of())) {
      for (int id = 0; id < REQUESTS; id++) {
        String user = "u" + random.nextInt(60);
        long timestamp = now - random.nextInt(3_600_000);
        var version = ages.getOrDefault(user, new TreeMap<>()).floorEntry(timestamp);
        var items = new ArrayList<String>();
        var paid = new ArrayList<String>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
          int item = random.nextInt(200);
          items.add("{\"item\":" + item + "}");
          paid.add(version == null ? "" : Double.toString(item * 1000.0 + version.getValue()));
        }
        expected.put(id, version == null || version.getValue() < 0 ? "rejected" : String.join(",", paid));
        producer.send(record(name, timestamp, user, "{\"id\":" + id + ",\"items\":[" + String.join(",", items) + "]}"));
      }
    }
  }

  /** What each request was answered. */
  private Map<Integer, String> answers(String name, int run) {
    int rejected = Collections.frequency(expected.values(), "rejected");
    var answers = new TreeMap<Integer, String>();
    for (var result : topics.await(REQUESTS - rejected, PARTITIONS, name + "-out" + run)) {
      var matcher = ANSWER.matcher(text(result.value()));
      assertThat(matcher.find()).as(text(result.value())).isTrue();
      assertThat(answers.put(Integer.valueOf(matcher.group(1)), matcher.group(2))).isNull();
    }
    for (var letter : topics.await(rejected + 1, PARTITIONS, name + "-bad" + run)) {
      if (name.concat("-users").equals(header(letter, "__streams.errors.topic"))) {
        assertThat(header(letter, "yapok.reject.reason")).isEqualTo("malformed");
      } else {
        assertThat(header(letter, "yapok.reject.reason")).isEqualTo("no_table_row");
        assertThat(answers.put(Integer.valueOf(text(letter.value()).replaceAll("\\{\"id\":(\\d+).*", "$1")), "rejected")).isNull();
      }
    }
    return answers;
  }

  @Test
  void shouldAnswerTheSameWheneverTheTopicsAreReadAndByTheRowsOfEachRecordsTime() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    random.setSeed(seed);
    createTopics("shop");
    sendTables("shop");
    sendRequests("shop");

    for (int run = 1; run <= 2; run++) {
      try (var pipeline = pipeline("shop", run, run == 1 ? 40 : 1_000);
          var running = Yapok.stream(pipeline, Map.of(), options("shop-" + run, 3 - run))) {
        running.start();
        assertThat(answers("shop", run)).as("run %d of seed %d", run, seed).isEqualTo(expected);
        assertThat(running.counters().refusedRows()).as("one of each table").isEqualTo(2);
        assertThat(running.counters().in()).isEqualTo(REQUESTS);
      }
    }
  }

  @Test
  void shouldSeeRowsThatChangeAndFindThemAgainAfterARestart() throws Exception {
    createTopics("live");
    var answered = 0;
    for (int run = 1; run <= 2; run++) {
      try (var pipeline = pipeline("live", 1, 100);
          var running = Yapok.stream(pipeline, Map.of(), options("live", 1));
          var producer = topics.producer(Map.of())) {
        if (run == 1) {
          producer.send(record("live-users", now, "u", "{\"age\":1}")).get();
          producer.send(record("live-items", now, "7", "{\"price\":1}")).get();
        }
        running.start();
        producer.send(record("live", now, "u", "{\"id\":1,\"items\":[{\"item\":7}]}")).get();
        answered++;
        assertThat(paid(answered)).isEqualTo("%d001.0".formatted(run));

        producer.send(record("live-items", now, "7", "{\"price\":2}")).get();
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        do { // the global thread reads on its own
          producer.send(record("live", now, "u", "{\"id\":1,\"items\":[{\"item\":7}]}")).get();
          answered++;
        } while (!paid(answered).equals("2001.0") && System.nanoTime() < deadline);
        assertThat(paid(answered)).isEqualTo("2001.0");
      }
    }
  }

  @Test
  void shouldFindTheRowAsItWasBeforeARestart() throws Exception {
    createTopics("again");
    try (var producer = topics.producer(Map.of())) {
      for (int version = 1; version <= 3; version++) {
        producer.send(record("again-users", now - 4_000 + 1_000 * version, "u", "{\"age\":" + version + "}")).get();
      }
      producer.send(record("again-items", now, "7", "{\"price\":0}")).get();
    }
    for (int run = 1; run <= 2; run++) {
      try (var pipeline = pipeline("again", 1, 100);
          var running = Yapok.stream(pipeline, Map.of(), options("again", 1));
          var producer = topics.producer(Map.of())) {
        running.start();
        producer.send(record("again", now - 1_500, "u", "{\"id\":1,\"items\":[{\"item\":7}]}")).get();
        assertThat(topics.await(run, PARTITIONS, "again-out1", "again-bad1")).as("run %d", run).hasSize(run).allSatisfy(answer -> assertThat(text(answer.value())).contains("\"paid\":[2.0]"));
      }
    }
  }

  /** The last of so many answers. */
  private static String paid(int count) {
    var matcher = ANSWER.matcher(text(topics.await(count, PARTITIONS, "live-out1").getLast().value()));
    assertThat(matcher.find()).isTrue();
    return matcher.group(2);
  }

  @Test
  void shouldSayWhichTablesAreMissingOrOtherwisePartitioned() {
    createTopics("apart");
    topics.create("apart2", PARTITIONS + 1, Map.of());
    try (var missing = new Pipeline(Steps.compile(document("apart", "none", "neither")));
        var apart = new Pipeline(Steps.compile(document("apart2", "apart-users", "apart-items")))) {
      assertThatThrownBy(() -> Yapok.stream(missing, Map.of(), options("apart", 1)))
          .isInstanceOfSatisfying(ProblemsException.class, e -> assertThat(e.problems()).extracting(problem -> problem.where().path()).containsExactly("tables.users.topic", "tables.items.topic"));
      assertThatThrownBy(() -> Yapok.stream(apart, Map.of(), options("apart", 1)))
          .isInstanceOfSatisfying(
              ProblemsException.class,
              e ->
                  assertThat(e.problems())
                      .singleElement()
                      .extracting(Problem::toString)
                      .asString()
                      .contains("the table's topic \"apart-users\" has 3 partitions and the source \"apart2\" 4", "(tables.users.topic)", "make a topic of 4 partitions, or write global: true"));
    }
  }

  private static PipelineDocument document(String source, String users, String items) {
    String yaml =
        """
        name: apart
        source: {topic: %s}
        tables:
          users: {topic: %s, fields: {age: float64}}
          items: {topic: %s, global: true, by: item, fields: {price: float64}}
        steps: [{transform: {a: table.users.age}}]
        sink: {topic: apart-out1}
        rejects: {topic: apart-bad1}
        """;
    return PipelineDocument.parse(yaml.formatted(source, users, items), "apart.yaml");
  }
}
