package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.TestPipeline;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code yapok reset} against a broker: a pipeline begins anew, and what stands in the way is one line. */
@Timeout(120)
class ResetIT {
  private static final int RECORDS = 500;
  private static final String REMEMBERING =
      TestPipeline.YAML.replace("steps:", "state: {features: {seen: count}}\nsteps:").replace("{percent: score * 100.0}", "{percent: score * 100.0, before: state.seen}");

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private Path pipeline;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start();
    pipeline = TestPipeline.write(directory, "again", REMEMBERING);
    Stream.of("again", "again-out", "again-bad").forEach(topic -> kafka.createTopic(topic, 1));
    try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send(new ProducerRecord<>("again", ("k" + i % 5).getBytes(UTF_8), TestPipeline.record(i).getBytes(UTF_8)));
      }
    }
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void shouldBeginAnewWithoutOffsetsAndStateAfterAReset() throws Exception {
    runUntilAnswered(RECORDS);
    Run reset = Run.of("reset", pipeline, "--bootstrap-server", kafka.bootstrapServers(), "--yes");
    assertThat(reset.err()).isEmpty();
    assertThat(reset.code()).isZero();
    assertThat(reset.out()).contains("This is what would happen:", "again-state-changelog");
    assertThat(topics()).containsExactlyInAnyOrder("again", "again-out", "again-bad");

    runUntilAnswered(2 * RECORDS);

    List<String> before = results(2 * RECORDS).stream().map(result -> result.replaceAll(".*\"before\":\\[?(\\d+).*", "$1")).toList();
    assertThat(before).hasSize(2 * RECORDS);
    assertThat(before.subList(RECORDS, 2 * RECORDS)).as("what was remembered, the second time").isEqualTo(before.subList(0, RECORDS)).startsWith("0", "0", "0", "0", "0", "1");
  }

  @Test
  void shouldGoOnWhereItWasWithoutAReset() throws Exception {
    runUntilAnswered(RECORDS);
    runUntilAnswered(RECORDS);

    assertThat(results(RECORDS)).hasSize(RECORDS);
  }

  @Test
  void shouldSayInOneLineThatInstancesStillRun() throws Exception {
    try (Pipeline running = Pipeline.load(pipeline);
        PipelineService service = start(running);
        StopSignal stop = new StopSignal()) {
      assertThat(service.awaitRunning(stop)).isTrue();

      Run reset = Run.of("reset", pipeline, "--bootstrap-server", kafka.bootstrapServers(), "--yes");

      assertThat(reset.code()).isEqualTo(3);
      assertThat(reset.errors()).singleElement().asString().startsWith("error: Kafka's tool did not reset the pipeline (").contains("still active", kafka.bootstrapServers(), "--force");
    }
  }

  @Test
  void shouldSayInOneLineThatTheAddressIsNone() {
    Run reset = Run.of("reset", pipeline, "--bootstrap-server", "no.such.host.invalid:1", "--yes");

    assertThat(reset.code()).isEqualTo(3);
    assertThat(reset.errors()).singleElement().asString().startsWith("error: no connection can be made").contains("no.such.host.invalid:1");
  }

  private void runUntilAnswered(int count) throws Exception {
    try (Pipeline running = Pipeline.load(pipeline);
        PipelineService service = start(running)) {
      assertThat(results(count)).hasSize(count);
      assertThat(service.running().counters().rejected()).isZero();
    }
  }

  private PipelineService start(Pipeline running) {
    StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), "again").withStateDirectory(directory.resolve("state"));
    return PipelineService.start(running, new ServiceSettings(options, Map.of(), null));
  }

  /** All committed results, once there are so many; none more may come while one more poll looks. */
  private List<String> results(int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed", "auto.offset.reset", "earliest");
    var results = new ArrayList<String>();
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition("again-out", 0)));
      for (int empty = 0; empty < (results.size() < count ? 100 : 3); empty++) {
        for (var result : consumer.poll(Duration.ofMillis(200))) {
          results.add(new String(result.value(), UTF_8));
          empty = 0;
        }
      }
    }
    return results;
  }

  private List<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listTopics().names().get().stream().toList();
    }
  }
}
