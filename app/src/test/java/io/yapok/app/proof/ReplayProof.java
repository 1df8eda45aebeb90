package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form: {@code yapok rejects replay} is killed again and again, and so is the mended pipeline that answers what it sends; each record is sent and answered once. */
@Timeout(1200)
class ReplayProof {
  private static final int RECORDS = 60_000;
  private static final int KILLS = 5;
  private static final String NAME = "replay";

  private static final String YAML =
      """
      name: replay
      source: {topic: replay, format: json, fields: {id: int64, x: float64}}
      steps:
        - transform: {id_out: id, y: x * 2.0}
      sink: {topic: replay-out, format: json}
      rejects: {topic: replay-bad}
      exclude: ["*"]
      """;

  @TempDir private static Path directory;

  @Test
  void shouldSendAndAnswerEachRejectOnceWhenTheReplayIsKilled() throws Exception {
    long seed = Long.getLong("yapok.proof.seed", new Random().nextInt(Integer.MAX_VALUE));
    System.out.println(NAME + ": repeat with -Dyapok.proof.seed=" + seed);
    Random random = new Random(seed);
    try (KafkaProcess kafka = Brokers.one(directory, 1000)) {
      List.of(NAME, NAME + "-out", NAME + "-bad").forEach(topic -> kafka.createTopic(topic, Workload.PARTITIONS, Map.of("retention.ms", "-1")));
      Path pipeline = Files.writeString(directory.resolve("replay.yaml"), YAML);
      produce(kafka.bootstrapServers());
      try (Instance broken = Instance.run(directory, "broken", pipeline, kafka.bootstrapServers())) {
        Readers.await(kafka.bootstrapServers(), NAME + "-bad", RECORDS);
        broken.kill();
      }
      Files.writeString(pipeline, YAML.replace("x: float64", "x: {type: float64, default: 21}"));
      try (KafkaConsumer<byte[], byte[]> source = Readers.committed(kafka.bootstrapServers(), NAME);
          Instance mended = Instance.run(directory, "mended", pipeline, kafka.bootstrapServers())) {
        int seen = Readers.await(source, 0, RECORDS);
        for (int kill = 0; kill < KILLS; kill++) {
          int until = RECORDS + (int) ((kill + random.nextDouble()) * RECORDS / (KILLS + 1));
          try (Instance replay = replay(pipeline, kafka.bootstrapServers())) {
            seen = Readers.await(source, seen, until);
            replay.kill();
          }
          System.out.println("the replay is killed after " + (seen - RECORDS) + " records");
        }
        mended.kill();
        try (Instance replay = replay(pipeline, kafka.bootstrapServers());
            Instance _ = Instance.run(directory, "again", pipeline, kafka.bootstrapServers())) {
          replay.awaitLog(" replayed into topic ", Scene.PATIENCE);
          Readers.await(kafka.bootstrapServers(), NAME + "-out", RECORDS);
        }
      }
      check(kafka.bootstrapServers());
    }
  }

  private static Instance replay(Path pipeline, String bootstrapServers) {
    return Instance.start(directory, NAME, "io.yapok.app.Main", List.of("rejects", "replay", pipeline.toString(), "--bootstrap-server", bootstrapServers, "--yes"));
  }

  /** No record has an x. */
  private static void produce(String bootstrapServers) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        String id = Integer.toString(i);
        producer.send(new ProducerRecord<>(NAME, i % Workload.PARTITIONS, id.getBytes(UTF_8), ("{\"id\":" + id + "}").getBytes(UTF_8)));
      }
    }
  }

  private static void check(String bootstrapServers) {
    var sent = new HashMap<String, Integer>();
    var answered = new HashMap<String, Integer>();
    Readers.all(bootstrapServers, NAME, Scene.PATIENCE, record -> sent.merge(new String(record.key(), UTF_8), 1, Integer::sum));
    Readers.all(
        bootstrapServers,
        NAME + "-out",
        Scene.PATIENCE,
        result -> {
          String id = new String(result.key(), UTF_8);
          assertThat(new String(result.value(), UTF_8)).contains("\"out\":{\"id_out\":" + id + ",\"y\":42.0}");
          answered.merge(id, 1, Integer::sum);
        });
    System.out.println(RECORDS + " rejects, " + sent.values().stream().filter(times -> times != 2).count() + " not replayed once, " + answered.values().stream().filter(times -> times != 1).count() + " not answered once");
    assertThat(sent).hasSize(RECORDS);
    assertThat(sent.values()).as("how often each stands in the source, replay included").containsOnly(2);
    assertThat(answered).hasSize(RECORDS);
    assertThat(answered.values()).as("answers of each").containsOnly(1);
  }
}
