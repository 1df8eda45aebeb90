package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.TestPipeline;
import io.yapok.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code yapok rejects} against a broker: one shown, one replayed as it was and not without end, and what was too large fetched from where it came. {@link BadInputIT} counts every kind. */
@Timeout(180)
class RejectsIT {
  /** Takes records without features, which the first pipeline rejects. */
  private static final String MENDED = BadInput.withDefault(TestPipeline.YAML);

  private static EmbeddedKafka kafka;
  private static int pipelines;

  @TempDir private Path directory;
  private String name;
  private RejectsScene scene;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void start() {
    name = "again" + pipelines++;
    scene = new RejectsScene(kafka, directory, name, TestPipeline.YAML);
  }

  @Test
  void shouldSendARecordAsItWasAndLeaveItWhenItWasReplayedOftenEnough() throws Exception {
    String value = "{\"id\":7,\"features\":[1,2,3]}";
    try (var producer = scene.producer()) {
      var record = new ProducerRecord<>(name, 2, 1_700_000_000_000L, "7".getBytes(UTF_8), value.getBytes(UTF_8));
      record.headers().add("traceparent", "00-1".getBytes(UTF_8)).add("yapok.pipeline", "before".getBytes(UTF_8));
      producer.send(record).get();
    }
    for (int replays = 0; replays <= 2; replays++) {
      scene.runUntil(0, replays + 1);
      Run replay = scene.rejects("replay", "--yes", "--most-replays", "2");
      assertThat(replay.code()).isEqualTo(replays < 2 ? 0 : 1);
      assertThat(replay.out()).startsWith(replays < 2 ? "1 replayed into topic " + name : "0 replayed into topic " + name + ", 2 had been replayed before, 1 left since they were rejected after each");
    }

    List<ConsumerRecord<byte[], byte[]>> source = scene.read(name, 3);
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
            Map.of("traceparent", "00-1", "yapok.pipeline", "before", "yapok.replays", "1", "yapok.replay.of", scene.place(0)),
            Map.of("traceparent", "00-1", "yapok.pipeline", "before", "yapok.replays", "2", "yapok.replay.of", scene.place(1)));
    Run show = scene.rejects("show", scene.place(2));
    assertThat(show.out()).contains("yapok.reject.reason: wrong_shape", "__streams.errors.partition: 2", "replayed: no, and 2 times before", "header traceparent: 00-1", "value: " + value);
    Run json = scene.rejects("show", scene.place(0), "--json");
    assertThat(json.out()).contains("\"replayed\":true", "\"key\":\"7\"", "\"headers\":{\"traceparent\":\"00-1\",\"yapok.pipeline\":\"before\"}");
    String replay = "[{\"name\": \"traceparent\", \"value\": \"00-1\"}, {\"name\": \"yapok.pipeline\", \"value\": \"before\"}, {\"name\": \"yapok.replays\", \"value\": \"1\"}, {\"name\": \"yapok.replay.of\", \"value\": \"" + scene.place(0) + "\"}]";
    assertThat(scene.export("--record", scene.place(1)))
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.get("headers")).hasToString(replay);
              assertThat(reject.get("timestamp")).isEqualTo(1_700_000_000_000L);
              assertThat(reject.get("origin").toString()).startsWith("{\"topic\": \"" + name + "\", \"partition\": 2, ");
              assertThat(reject.get("replays")).isEqualTo(1);
              assertThat(reject.get("replayed")).isEqualTo(true);
            });
  }

  @Test
  void shouldFetchWhatWasTooLargeToKeepFromTheSourceTopic() throws Exception {
    String large = "{\"id\":1,\"note\":\"" + "x".repeat(2 * RejectsScene.LARGEST) + "\"}";
    scene.send(List.of(large.getBytes(UTF_8), large.replace("\"id\":1", "\"id\":2").getBytes(UTF_8)));
    scene.runUntil(0, 2);
    Run show = scene.rejects("show", scene.place(0), "--json");
    List<GenericRecord> exported = scene.export();
    scene.mend(MENDED);
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(Map.of(new TopicPartition(name, 1), RecordsToDelete.beforeOffset(1))).all().get();
    }

    Run replay = scene.rejects("replay", "--yes");

    assertThat(show.out()).contains("\"yapok.reject.size\":\"" + large.length() + "\"");
    assertThat(exported).hasSize(2).allSatisfy(reject -> {
      assertThat(reject.get("value")).isNull();
      assertThat(reject.get("value_size")).isEqualTo((long) large.length());
      assertThat(reject.get("origin")).isNotNull();
    });
    assertThat(replay.out()).startsWith("1 replayed into topic " + name + ", 1 left since they were too large to keep and the source topic no longer has them");
    assertThat(replay.code()).isEqualTo(1);
    scene.runUntil(1, 2);
    assertThat(scene.read(name, 2).stream().map(record -> text(record.value()))).as("what is retained of the source").containsOnly(large);
  }

  @Test
  void shouldCountTheReplaysOfWhatWasTooLargeToKeepToo() throws Exception {
    scene.send(List.of(("{\"id\":1,\"note\":\"" + "x".repeat(2 * RejectsScene.LARGEST) + "\"}").getBytes(UTF_8)));
    scene.runUntil(0, 1);
    Run first = scene.rejects("replay", "--yes", "--most-replays", "1");
    scene.runUntil(0, 2);

    Run second = scene.rejects("replay", "--yes", "--most-replays", "1");

    assertThat(first.out()).startsWith("1 replayed into topic " + name);
    assertThat(second.out()).startsWith("0 replayed into topic " + name + ", 1 had been replayed before, 1 left since they were rejected after each");
  }

  @Test
  void shouldSayWhatIsNotThereInOneLine() {
    assertThat(scene.rejects("show", "0:99").errors()).containsExactly("error: the dead-letter topic has no record there, 0:99, take one that 'yapok rejects list' names");
    assertThat(scene.rejects("show", "9:1").code()).isEqualTo(1);
    assertThat(scene.rejects("show", "here").code()).isEqualTo(2);
    scene.mend(TestPipeline.YAML.replace("rejects: {topic: NAME-bad}", "rejects: fail"));
    assertThat(scene.rejects("list").errors()).singleElement().asString().startsWith("error: the pipeline says rejects: fail").contains(name + ".yaml");
    scene.mend(TestPipeline.YAML.replace("NAME-bad", "nowhere"));
    assertThat(scene.rejects("list").errors()).singleElement().asString().startsWith("error: there is no topic nowhere, ");
    assertThat(Run.of("rejects").code()).isEqualTo(2);
  }

  @Test
  void shouldLeaveNoFileWhenItCannotBeWhole() throws IOException {
    Path output = Files.writeString(directory.resolve("rejects.avro"), "what was there");
    Path document = directory.resolve(name + ".yaml");

    assertThat(scene.rejects("export", "--output", directory.resolve("none/rejects.avro")).errors()).singleElement().asString().startsWith("error: the file cannot be written: there is no such file or folder, ");
    assertThat(scene.rejects("export", "--output", document).errors()).singleElement().asString().startsWith("error: the pipeline would be overwritten, ");
    scene.mend(TestPipeline.YAML.replace("NAME-bad", "nowhere"));
    assertThat(scene.rejects("export", "--output", output).code()).isEqualTo(3);
    assertThat(output).hasContent("what was there");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName()))).noneMatch(file -> file.endsWith(".part"));
    }
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
