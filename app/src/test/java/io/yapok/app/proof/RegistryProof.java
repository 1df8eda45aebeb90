package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import io.yapok.schemas.AvroBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long form: Avro records of a producer that uses Avro's own library and the registry's REST API, whose schema changes in mid-stream, and a registry that is killed for half a minute under load. Then the pipeline is released anew with an
 * output more; results are read as Kafka Connect's {@code AvroConverter} does, by the schema of before and by that of after.
 */
@Timeout(1200)
class RegistryProof {
  private static final int PER_SECOND = 500;
  private static final int RECORDS = 40_000;
  private static final int SECOND_FROM = 10_000;
  private static final int KILLED_AT = 15_000;
  private static final int THIRD_FROM = 17_000;
  private static final int RELEASED_AT = 34_000;
  private static final Duration AWAY = Duration.ofSeconds(30);

  private static final List<Schema> SCHEMAS =
      List.of(
          schema("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"x\",\"type\":\"int\"}"),
          schema("{\"name\":\"note\",\"type\":{\"type\":\"map\",\"values\":\"string\"}},{\"name\":\"x\",\"type\":[\"null\",\"double\"]},{\"name\":\"id\",\"type\":\"long\"}"),
          schema("{\"name\":\"amount\",\"type\":\"float\",\"aliases\":[\"x\"]},{\"name\":\"id\",\"type\":\"int\"}"));

  private static final String YAML =
      """
      name: registry
      source: {topic: registry, format: avro, fields: {id: int64, x: float64}}
      steps:
        - transform: {id_out: id, y: x * 2.0}
      sink: {topic: registry-out, format: avro}
      rejects: {topic: registry-bad}
      exclude: ["*"]
      kafka: {schema.registry.url: "URL"}
      """;

  @TempDir private static Path directory;

  @Test
  void shouldAnswerEveryRecordOnceInOrderWhenSchemasChangeAndTheRegistryIsKilled() throws Exception {
    try (KafkaProcess kafka = Brokers.one(directory, 1000);
        ApicurioRegistry registry = new ApicurioRegistry(directory)) {
      List.of("registry", "registry-out", "registry-bad").forEach(topic -> kafka.createTopic(topic, Workload.PARTITIONS, Map.of("retention.ms", "-1")));
      var rest = new RegistryRest(registry.url());
      var ids = new ArrayList<>(List.of(rest.register("registry-value", SCHEMAS.getFirst())));
      rest.compatibility("registry-value", "NONE"); // its schemas have less in common than a registry would let through
      SCHEMAS.stream().skip(1).forEach(schema -> ids.add(rest.register("registry-value", schema)));
      String yaml = YAML.replace("URL", registry.url());
      Path first = Files.writeString(directory.resolve("first.yaml"), yaml);
      Path second = Files.writeString(directory.resolve("second.yaml"), yaml.replace("y: x * 2.0", "y: x * 2.0, z: x + 1.0"));
      try (Instance instance = Instance.run(directory, "instance", first, kafka.bootstrapServers())) {
        instance.awaitRunning(Scene.PATIENCE);
        produce(kafka.bootstrapServers(), 0, RELEASED_AT, ids, registry);
        Readers.await(kafka.bootstrapServers(), "registry-out", RELEASED_AT); // by itself, now that the registry is back
        instance.terminate();
      }
      try (Instance instance = Instance.run(directory, "instance", second, kafka.bootstrapServers())) {
        produce(kafka.bootstrapServers(), RELEASED_AT, RECORDS, ids, registry);
        Readers.await(kafka.bootstrapServers(), "registry-out", RECORDS);
        instance.terminate();
      }
      check(kafka.bootstrapServers(), rest);
    }
  }

  private static void produce(String bootstrapServers, int from, int to, List<Integer> ids, ApicurioRegistry registry) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      long back = Long.MAX_VALUE;
      for (int i = from; i < to; i++) {
        LockSupport.parkNanos(start + (i - from) * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
        if (i == KILLED_AT) {
          registry.kill();
          back = System.nanoTime() + AWAY.toNanos();
          System.out.println("the registry is killed after " + i + " records; from record " + THIRD_FROM + " on there is a schema that the pipeline does not know");
        }
        if (System.nanoTime() > back) {
          back = Long.MAX_VALUE;
          registry.start();
          System.out.println("the registry is back after " + i + " records");
        }
        int version = i < SECOND_FROM ? 0 : i < THIRD_FROM ? 1 : 2;
        producer.send(new ProducerRecord<>("registry", i % Workload.PARTITIONS, Integer.toString(i).getBytes(UTF_8), value(version, ids.get(version), i)));
      }
    }
  }

  private static byte[] value(int version, int id, int i) {
    Map<String, Object> fields =
        switch (version) {
          case 0 -> Map.of("id", (long) i, "x", i);
          case 1 -> Map.of("note", Map.of("n", "o".repeat(i % 50)), "x", i / 4.0, "id", (long) i);
          default -> Map.of("amount", i / 8f, "id", i);
        };
    return AvroBytes.framed(id, SCHEMAS.get(version), fields);
  }

  private static void check(String bootstrapServers, RegistryRest rest) {
    var wrong = new ArrayList<String>();
    var results = new RegistryResults(rest, RECORDS, wrong);
    Readers.all(bootstrapServers, "registry-out", Scene.PATIENCE, results::take);
    Readers.all(bootstrapServers, "registry-bad", Scene.PATIENCE, reject -> wrong.add("rejected: " + new String(reject.key(), UTF_8)));
    System.out.println(RECORDS + " in, " + results.lost() + " lost, " + wrong.size() + " doubled, out of order, mismatched or rejected; " + results.ofTheRelease() + " with the output more");
    assertThat(results.lost()).as("lost").isZero();
    assertThat(wrong).isEmpty();
    assertThat(results.ofTheRelease()).isEqualTo(RECORDS - RELEASED_AT);
    assertThat(results.writers()).as("schemas of results").isEqualTo(2);
  }

  /** What {@code x} was in a record. */
  static double x(int i) {
    return i < SECOND_FROM ? i : i < THIRD_FROM ? i / 4.0 : i / 8f;
  }

  private static Schema schema(String fields) {
    return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Payment\",\"namespace\":\"shop\",\"fields\":[" + fields + "]}");
  }
}
