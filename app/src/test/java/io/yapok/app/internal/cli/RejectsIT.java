package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.CommittedTopic;
import io.yapok.app.internal.TestPipeline;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code yapok rejects} against a broker: every kind counted, one shown, and those that a mended pipeline takes answered once, however often they are replayed. */
@Timeout(180)
class RejectsIT {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 20_000;
  private static final int LARGEST = 20_000;

  /** Takes records without features, which the first pipeline rejects. */
  private static final String MENDED = TestPipeline.YAML.replace("inputs: {x: features}", "inputs: {x: {field: features, default: 0.5}}");

  /** What is wrong, and how a record with it looks. */
  private static final Map<String, IntFunction<@Nullable String>> WRONG =
      Map.of(
          "null_value", id -> null,
          "malformed", id -> "{\"id\":" + id + ",\"features\":[1,2",
          "missing_field", id -> "{\"id\":" + id + "}",
          "wrong_shape", id -> "{\"id\":" + id + ",\"features\":[1,2,3]}",
          "wrong_type", id -> "{\"id\":" + id + ",\"features\":[1,\"x\",3,4]}",
          "nonfinite_input", id -> "{\"id\":" + id + ",\"features\":[1,\"NaN\",3,4]}",
          "duplicate_field", id -> "{\"id\":" + id + ",\"features\":[1,2,3,4],\"features\":[1,2,3,4]}",
          "out_of_range", id -> "{\"id\":" + id + ",\"features\":[1,2,3e60,4]}");

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private Path pipeline;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start();
    pipeline = TestPipeline.write(directory, "again");
    Stream.of("again", "again-out").forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    kafka.createTopic("again-bad", PARTITIONS, Map.of("max.message.bytes", Integer.toString(LARGEST)));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void shouldCountEveryKindAndReplayWhatTheMendedPipelineTakesOnce() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, Integer> wrong = new TreeMap<>();
    List<@Nullable String> records = new ArrayList<>();
    List<String> reasons = List.copyOf(new TreeMap<>(WRONG).keySet());
    for (int id = 0; id < RECORDS; id++) {
      boolean bad = random.nextInt(4) == 0;
      String reason = reasons.get(random.nextInt(reasons.size()));
      if (bad) {
        wrong.merge(reason, 1, Integer::sum);
      }
      records.add(bad ? WRONG.get(reason).apply(id) : TestPipeline.record(id));
    }
    send(records);
    int rejected = wrong.values().stream().mapToInt(Integer::intValue).sum();
    int missing = wrong.get("missing_field");
    runUntil(RECORDS - rejected, rejected);

    assertCounts(wrong, 0);
    Run refused = rejects("replay", "--reason", "missing", "--yes");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errors()).singleElement().asString().contains("--reason takes null_value, ", "not missing");

    TestPipeline.write(directory, "again", MENDED);
    Run first = rejects("replay", "--reason", "missing_field", "--yes", "--json");
    assertThat(first.err()).isEmpty();
    assertThat(first.out().lines().toList().getLast()).isEqualTo("{\"pipeline\":\"again\",\"replayed\":" + missing + ",\"already\":0,\"too_often\":0,\"gone\":0}");
    Run second = rejects("replay", "--reason", "missing_field", "--yes", "--json");
    assertThat(second.out().lines().toList().getLast()).as("the same again").isEqualTo("{\"pipeline\":\"again\",\"replayed\":0,\"already\":" + missing + ",\"too_often\":0,\"gone\":0}");
    runUntil(RECORDS - rejected + missing, rejected);

    assertCounts(wrong, missing);
    Map<String, Long> answers = read("again-out", RECORDS - rejected + missing).stream().collect(Collectors.groupingBy(record -> text(record.key()), Collectors.counting()));
    assertThat(answers.values()).as("answers of each record").containsOnly(1L);
    assertThat(answers).hasSize(RECORDS - rejected + missing);
  }

  @Test
  void shouldSendARecordAsItWasAndLeaveItWhenItWasReplayedOftenEnough() throws Exception {
    String value = WRONG.get("wrong_shape").apply(7);
    try (var producer = producer()) {
      var record = new ProducerRecord<>("again", 2, 1_700_000_000_000L, "7".getBytes(UTF_8), value.getBytes(UTF_8));
      record.headers().add("traceparent", "00-1".getBytes(UTF_8)).add("yapok.pipeline", "before".getBytes(UTF_8));
      producer.send(record).get();
    }
    for (int replays = 0; replays <= 2; replays++) {
      runUntil(0, replays + 1);
      Run replay = rejects("replay", "--yes", "--most-replays", "2");
      assertThat(replay.code()).isEqualTo(replays < 2 ? 0 : 1);
      assertThat(replay.out()).startsWith(replays < 2 ? "1 replayed into topic again" : "0 replayed into topic again, 2 had been replayed before, 1 left since they were rejected after each");
    }

    List<ConsumerRecord<byte[], byte[]>> source = read("again", 3);
    assertThat(source)
        .allSatisfy(
            record -> {
              assertThat(record.partition()).isEqualTo(2);
              assertThat(record.timestamp()).isEqualTo(1_700_000_000_000L);
              assertThat(text(record.key())).isEqualTo("7");
              assertThat(text(record.value())).isEqualTo(value);
            });
    assertThat(source.stream().map(RejectsIT::headers))
        .containsExactly(
            Map.of("traceparent", "00-1", "yapok.pipeline", "before"),
            Map.of("traceparent", "00-1", "yapok.pipeline", "before", "yapok.replays", "1", "yapok.replay.of", place(0)),
            Map.of("traceparent", "00-1", "yapok.pipeline", "before", "yapok.replays", "2", "yapok.replay.of", place(1)));
    Run show = rejects("show", place(2));
    assertThat(show.out()).contains("yapok.reject.reason: wrong_shape", "__streams.errors.partition: 2", "replayed: no, and 2 times before", "header traceparent: 00-1", "value: " + value);
    Run json = rejects("show", place(0), "--json");
    assertThat(json.out()).contains("\"replayed\":true", "\"key\":\"7\"", "\"headers\":{\"traceparent\":\"00-1\",\"yapok.pipeline\":\"before\"}");
  }

  @Test
  void shouldFetchWhatWasTooLargeToKeepFromTheSourceTopic() throws Exception {
    String large = "{\"id\":1,\"note\":\"" + "x".repeat(2 * LARGEST) + "\"}";
    send(Stream.of(large, large.replace("\"id\":1", "\"id\":2")).toList());
    runUntil(0, 2);
    Run show = rejects("show", place(0), "--json");
    TestPipeline.write(directory, "again", MENDED);
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(Map.of(new TopicPartition("again", 1), RecordsToDelete.beforeOffset(1))).all().get();
    }

    Run replay = rejects("replay", "--yes");

    assertThat(show.out()).contains("\"yapok.reject.size\":\"" + large.length() + "\"");
    assertThat(replay.out()).startsWith("1 replayed into topic again, 1 left since they were too large to keep and the source topic no longer has them");
    assertThat(replay.code()).isEqualTo(1);
    runUntil(1, 2);
    assertThat(read("again", 2).stream().map(record -> text(record.value()))).as("what is retained of the source").containsOnly(large);
  }

  @Test
  void shouldCountTheReplaysOfWhatWasTooLargeToKeepToo() throws Exception {
    send(List.of("{\"id\":1,\"note\":\"" + "x".repeat(2 * LARGEST) + "\"}"));
    runUntil(0, 1);
    Run first = rejects("replay", "--yes", "--most-replays", "1");
    runUntil(0, 2);

    Run second = rejects("replay", "--yes", "--most-replays", "1");

    assertThat(first.out()).startsWith("1 replayed into topic again");
    assertThat(second.out()).startsWith("0 replayed into topic again, 1 had been replayed before, 1 left since they were rejected after each");
  }

  @Test
  void shouldSayWhatIsNotThereInOneLine() {
    assertThat(rejects("show", "0:99").errors()).containsExactly("error: the dead-letter topic has no record there, 0:99, take one that 'yapok rejects list' names");
    assertThat(rejects("show", "9:1").code()).isEqualTo(1);
    assertThat(rejects("show", "here").code()).isEqualTo(2);
    TestPipeline.write(directory, "again", TestPipeline.YAML.replace("rejects: {topic: NAME-bad}", "rejects: fail"));
    assertThat(rejects("list").errors()).singleElement().asString().startsWith("error: the pipeline says rejects: fail").contains("again.yaml");
    TestPipeline.write(directory, "again", TestPipeline.YAML.replace("NAME-bad", "nowhere"));
    assertThat(rejects("list").errors()).singleElement().asString().startsWith("error: there is no topic nowhere, ");
    assertThat(Run.of("rejects").code()).isEqualTo(2);
  }

  private void assertCounts(Map<String, Integer> wrong, int replayed) {
    Run list = rejects("list", "--json");
    assertThat(list.err()).isEmpty();
    assertThat(list.code()).isZero();
    wrong.forEach((reason, count) -> assertThat(list.out()).containsPattern("\\{\"reason\":\"" + reason + "\",\"step\":\"[a-z]+\",\"field\":\"[a-z]*\",\"count\":" + count + ","));
    int rejected = wrong.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(list.out()).startsWith("{\"pipeline\":\"again\",\"rejected\":" + rejected + ",\"replayed\":" + replayed + ",");
    Run table = rejects("list");
    assertThat(table.out().lines()).hasSize(wrong.size() + 2).last().asString().startsWith("%,d rejected, %,d of them replayed".formatted(rejected, replayed));
  }

  /** Runs the pipeline as its document stands until its topics hold so many results and rejects. */
  private void runUntil(int results, int rejects) throws Exception {
    StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), "again").withStateDirectory(directory.resolve("state"));
    try (Pipeline loaded = Pipeline.load(pipeline);
        PipelineService _ = PipelineService.start(loaded, new ServiceSettings(options, Map.of(), null))) {
      assertThat(read("again-out", results)).hasSize(results);
      assertThat(read("again-bad", rejects)).hasSize(rejects);
    }
  }

  private void send(List<@Nullable String> records) {
    try (var producer = producer()) {
      for (int i = 0; i < records.size(); i++) {
        String value = records.get(i);
        producer.send(new ProducerRecord<>("again", i % PARTITIONS, Integer.toString(i).getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
      }
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    return CommittedTopic.read(kafka, topic, PARTITIONS, count);
  }

  /** Where the reject of this number is: all of one key, so in one partition. */
  private String place(int number) {
    ConsumerRecord<byte[], byte[]> record = read("again-bad", number + 1).get(number);
    return record.partition() + ":" + record.offset();
  }

  private Run rejects(String command, Object... options) {
    List<Object> line = new ArrayList<>(List.of("rejects", command, pipeline, "--bootstrap-server", kafka.bootstrapServers()));
    line.addAll(List.of(options));
    return Run.of(line.toArray());
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      assertThat(headers.put(header.key(), text(header.value()))).isNull();
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
