package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.EmbeddedKafka;
import io.yapok.schemas.RegistryStub;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad input in every format: each is counted under its own reason, and what the repair can save is answered once, however often it is replayed. */
@Timeout(180)
class BadInputIT {
  private static final int RECORDS = 20_000;

  private static EmbeddedKafka kafka;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "avro", "tensor", "oip"})
  void shouldCountEveryKindOfBadInputAndAnswerWhatIsReplayedOnce(String format) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    BadInput input = BadInput.ALL.get(format);
    Map<String, Integer> rejected = new TreeMap<>();
    List<byte @Nullable []> records = records(input, new Random(seed), rejected);
    int bad = total(rejected);
    try (RegistryStub registry = new RegistryStub(0)) {
      registry.putSchema(1, BadInput.SCHEMA.toString());
      registry.putSchema(2, BadInput.WITHOUT_FEATURES.toString());
      var scene = new RejectsScene(kafka, directory, format, input.yaml().replace("REGISTRY", registry.url()));
      scene.send(records);
      scene.runUntil(RECORDS - bad, bad);

      assertCounts(scene, format, rejected, 0);
      assertExported(scene, format, rejected, records);
      Run refused = scene.rejects("replay", "--reason", "missing", "--yes");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.errors()).singleElement().asString().contains("--reason takes null_value, ", "not missing");

      scene.mend(input.mended().replace("REGISTRY", registry.url()));
      registry.putSchema(BadInput.LATE_SCHEMA, BadInput.SCHEMA.toString());
      int fixed = input.fixable().stream().mapToInt(rejected::get).sum();
      Object[] choice = {"--reason", String.join(",", input.fixable()), "--yes", "--json"};
      assertThat(lastLine(scene.rejects("replay", choice))).isEqualTo(replayed(format, fixed, 0));
      assertThat(lastLine(scene.rejects("replay", choice))).as("the same again").isEqualTo(replayed(format, 0, fixed));
      scene.runUntil(RECORDS - bad + fixed, bad);

      assertCounts(scene, format, rejected, fixed);
      var answers = scene.read(format + "-out", RECORDS - bad + fixed).stream().collect(Collectors.groupingBy(record -> new String(record.key(), UTF_8), Collectors.counting()));
      assertThat(answers).hasSize(RECORDS - bad + fixed);
      assertThat(answers.values()).as("answers of each record").containsOnly(1L);
    }
  }

  private static List<byte @Nullable []> records(BadInput input, Random random, Map<String, Integer> rejected) {
    List<String> reasons = List.copyOf(input.wrong().keySet());
    List<byte @Nullable []> records = new ArrayList<>();
    for (int id = 0; id < RECORDS; id++) {
      if (random.nextInt(4) == 0) {
        String reason = reasons.get(random.nextInt(reasons.size()));
        rejected.merge(reason, 1, Integer::sum);
        records.add(input.wrong().get(reason).apply(id));
      } else {
        records.add(input.good().apply(id));
      }
    }
    return records;
  }

  private static void assertCounts(RejectsScene scene, String format, Map<String, Integer> rejected, int replayed) {
    Run list = scene.rejects("list", "--json");
    assertThat(list.err()).isEmpty();
    assertThat(list.code()).isZero();
    rejected.forEach((reason, count) -> assertThat(list.out()).containsPattern("\\{\"reason\":\"" + reason + "\",\"step\":\"[a-z]+\",\"field\":\"[a-z]*\",\"count\":" + count + ","));
    assertThat(list.out()).startsWith("{\"pipeline\":\"" + format + "\",\"rejected\":" + total(rejected) + ",\"replayed\":" + replayed + ",");
    Run table = scene.rejects("list");
    assertThat(table.out().lines()).hasSize(rejected.size() + 2).last().asString().startsWith("%,d rejected, %,d of them replayed".formatted(total(rejected), replayed));
  }

  /** Every reject stands in the file as its record was, with its reason; and some of them if some are asked for. */
  private static void assertExported(RejectsScene scene, String format, Map<String, Integer> rejected, List<byte @Nullable []> records) throws IOException {
    List<GenericRecord> all = scene.export();
    assertThat(all.stream().collect(Collectors.groupingBy(reject -> reject.get("reason").toString(), Collectors.summingInt(_ -> 1)))).isEqualTo(rejected);
    for (GenericRecord reject : all) {
      int id = Integer.parseInt(UTF_8.decode(((ByteBuffer) reject.get("key")).duplicate()).toString());
      byte[] value = records.get(id);
      boolean isPointer = reject.get("value_size") != null;
      assertThat(reject.get("value")).as("value of %d", id).isEqualTo(value == null || isPointer ? null : ByteBuffer.wrap(value));
      assertThat(reject.get("value_size")).isEqualTo(isPointer ? Long.valueOf(value.length) : null);
      assertThat(isPointer).as("%d is too large to keep", id).isEqualTo(value != null && value.length > RejectsScene.LARGEST);
      assertThat(reject.get("origin")).hasToString("{\"topic\": \"" + format + "\", \"partition\": " + id % RejectsScene.PARTITIONS + ", \"offset\": " + id / RejectsScene.PARTITIONS + "}");
      assertThat(reject.get("pipeline")).hasToString(format);
      assertThat(reject.get("message").toString()).isNotBlank();
      assertThat(reject.get("replayed")).isEqualTo(false);
    }
    String reason = rejected.keySet().iterator().next();
    assertThat(scene.export("--reason", reason)).hasSize(rejected.get(reason));
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String lastLine(Run run) {
    assertThat(run.err()).isEmpty();
    return run.out().lines().toList().getLast();
  }

  private static String replayed(String format, int replayed, int already) {
    return "{\"pipeline\":\"" + format + "\",\"replayed\":" + replayed + ",\"already\":" + already + ",\"too_often\":0,\"gone\":0}";
  }
}
