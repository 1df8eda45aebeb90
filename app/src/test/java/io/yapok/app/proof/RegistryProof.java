package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import io.yapok.schemas.AvroBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form: Avro records of a producer that uses Avro's own library and the registry's REST API, whose schema changes in mid-stream, and a registry that is killed for half a minute under load. */
@Timeout(1200)
class RegistryProof {
  private static final int PER_SECOND = 500;
  private static final int RECORDS = 40_000;
  private static final int SECOND_FROM = 10_000;
  private static final int KILLED_AT = 15_000;
  private static final int THIRD_FROM = 17_000;
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final Pattern ANSWER = Pattern.compile("\"out\":\\{\"id_out\":(\\d+),\"y\":([-0-9.E]+)}");

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
      sink: {topic: registry-out, format: json}
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
      var ids = new ArrayList<Integer>();
      for (Schema schema : SCHEMAS) {
        ids.add(registry.register("registry", schema.toString()));
      }
      Path pipeline = Files.writeString(directory.resolve("registry.yaml"), YAML.replace("URL", registry.url()));
      try (Instance instance = Instance.run(directory, "instance", pipeline, kafka.bootstrapServers())) {
        instance.awaitRunning(Scene.PATIENCE);
        produce(kafka.bootstrapServers(), ids, registry);
        awaitAnswers(kafka.bootstrapServers());
      }
      check(kafka.bootstrapServers());
    }
  }

  private static void produce(String bootstrapServers, List<Integer> ids, ApicurioRegistry registry) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      long back = Long.MAX_VALUE;
      for (int i = 0; i < RECORDS; i++) {
        LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
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

  private static void awaitAnswers(String bootstrapServers) {
    long deadline = System.nanoTime() + Scene.PATIENCE.toNanos();
    int seen = 0;
    try (var consumer = Readers.committed(bootstrapServers, "registry-out")) {
      while (seen < RECORDS && System.nanoTime() < deadline) {
        seen += consumer.poll(Duration.ofMillis(100)).count();
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(RECORDS);
  }

  private static void check(String bootstrapServers) {
    var last = new HashMap<Integer, Integer>();
    var seen = new boolean[RECORDS];
    var wrong = new ArrayList<String>();
    Readers.all(bootstrapServers, "registry-out", Scene.PATIENCE, result -> checkOne(result, seen, last, wrong));
    Readers.all(bootstrapServers, "registry-bad", Scene.PATIENCE, reject -> wrong.add("rejected: " + new String(reject.key(), UTF_8)));
    int lost = 0;
    for (boolean one : seen) {
      lost += one ? 0 : 1;
    }
    System.out.println(RECORDS + " in, " + lost + " lost, " + wrong.size() + " doubled, out of order, mismatched or rejected");
    assertThat(lost).as("lost").isZero();
    assertThat(wrong).isEmpty();
  }

  /** A partition's results come in the order of its records, whatever partition of the sink they go to. */
  private static void checkOne(ConsumerRecord<byte[], byte[]> result, boolean[] seen, Map<Integer, Integer> last, List<String> wrong) {
    int i = Integer.parseInt(new String(result.key(), UTF_8));
    var answer = ANSWER.matcher(new String(result.value(), UTF_8));
    double x = i < SECOND_FROM ? i : i < THIRD_FROM ? i / 4.0 : i / 8f;
    if (seen[i]) {
      wrong.add("doubled: " + i);
    }
    seen[i] = true;
    if (!answer.find() || Long.parseLong(answer.group(1)) != i || Double.parseDouble(answer.group(2)) != 2 * x) {
      wrong.add("mismatched: " + new String(result.value(), UTF_8));
    }
    int route = i % Workload.PARTITIONS * Workload.PARTITIONS + result.partition();
    if (last.getOrDefault(route, -1) >= i) {
      wrong.add("out of order: " + i);
    }
    last.put(route, i);
  }

  private static Schema schema(String fields) {
    return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Payment\",\"namespace\":\"shop\",\"fields\":[" + fields + "]}");
  }
}
