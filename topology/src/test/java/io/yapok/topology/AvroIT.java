package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static io.yapok.topology.KafkaTopics.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.RegistryException;
import io.yapok.schemas.RegistryStub;
import io.yapok.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Avro records on a broker, written by Avro's own library, with a registry that comes and goes. */
class AvroIT {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 20_000;
  private static final Schema FIRST = schema("{\"name\":\"x\",\"type\":\"int\"}");
  private static final Schema SECOND = schema("{\"name\":\"note\",\"type\":\"string\"},{\"name\":\"x\",\"type\":[\"null\",\"double\"],\"default\":null}");

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;
  private RegistryStub registry;

  @BeforeEach
  void start() throws IOException {
    registry = new RegistryStub(0);
    registry.putSchema(1, FIRST.toString());
    registry.putSchema(2, SECOND.toString());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldAnswerEveryRecordOnceWhenItsSchemaChangesInMidStream() throws Exception {
    topics.createFor("avro", PARTITIONS);
    var refused = new TreeMap<String, String>();
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] value = i < RECORDS / 2 ? AvroBytes.framed(1, FIRST, Map.of("x", i)) : AvroBytes.framed(2, SECOND, Map.of("note", "n" + i, "x", i / 2.0));
        String key = "k" + i;
        switch (i % 100) {
          case 5 -> {
            value = AvroBytes.framed(2, SECOND, Map.of("note", "without"));
            refused.put(key, "missing_field");
          }
          case 15 -> {
            value = AvroBytes.framed(99, FIRST, Map.of("x", i));
            refused.put(key, "unknown_schema");
          }
          case 25 -> {
            value = ByteBuffer.allocate(value.length + 1).put(value).array();
            refused.put(key, "trailing_bytes");
          }
          case 35 -> {
            value = ByteBuffer.allocate(5).put((byte) 0).putInt(2).array();
            refused.put(key, "truncated");
          }
          case 45 -> {
            value = "{\"x\":1}".getBytes(UTF_8);
            refused.put(key, "not_framed");
          }
          default -> {}
        }
        producer.send(new ProducerRecord<>("avro", i % PARTITIONS, key.getBytes(UTF_8), value));
      }
    }

    try (var pipeline = TestPipelines.doubling(yaml("avro"));
        var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "avro").withThreads(2).withStateDirectory(directory))) {
      running.start();
      var out = topics.await(RECORDS - refused.size(), PARTITIONS, "avro-out");
      var bad = topics.await(refused.size(), PARTITIONS, "avro-bad");

      assertThat(out).hasSize(RECORDS - refused.size()).extracting(record -> text(record.key())).doesNotHaveDuplicates();
      assertThat(out).allSatisfy(AvroIT::isItsOwnAnswer);
      var reasons = new TreeMap<String, String>();
      bad.forEach(record -> reasons.put(text(record.key()), header(record, "yapok.reject.reason")));
      assertThat(reasons).isEqualTo(refused);
      assertThat(running.counters().batches()).as("records come in batches").isLessThan(RECORDS / 20);
    }
  }

  @Test
  void shouldWaitForTheRegistryAndLoseNothingWhenItIsAway() throws Exception {
    topics.createFor("away", PARTITIONS);
    try (var pipeline = TestPipelines.doubling(yaml("away"));
        var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "away").withStateDirectory(directory))) {
      running.start();
      send("away", 0, 100, 1, FIRST);
      assertThat(topics.await(100, PARTITIONS, "away-out")).hasSize(100);

      int port = registry.port();
      registry.close();
      send("away", 100, 200, 1, FIRST);
      assertThat(topics.await(200, PARTITIONS, "away-out")).as("a schema that is known is not asked for again").hasSize(200);
      send("away", 200, 300, 2, SECOND);
      assertThat(running.counters().out()).as("the others wait").isEqualTo(200);
      registry = new RegistryStub(port);
      registry.putSchema(2, SECOND.toString());

      assertThat(topics.await(300, PARTITIONS, "away-out")).hasSize(300);
      assertThat(running.counters().rejected()).isZero();
    }
  }

  @Test
  void shouldRekeyByAFieldOfTheRecord() throws Exception {
    topics.createFor("avro-keyed", PARTITIONS);
    send("avro-keyed", 0, 300, 2, SECOND);
    try (var pipeline = TestPipelines.doubling(yaml("avro-keyed").replace("format: avro", "key: note, format: avro"));
        var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "avro-keyed").withStateDirectory(directory))) {
      running.start();

      assertThat(topics.await(300, PARTITIONS, "avro-keyed-out")).hasSize(300).allSatisfy(record -> assertThat(text(record.key())).startsWith("n"));
    }
  }

  @Test
  void shouldWriteResultsThatAnybodyReadsByTheRegisteredSchema() throws Exception {
    topics.createFor("to-avro", PARTITIONS);
    topics.send("to-avro", PARTITIONS, TestPipelines.numbers(1000));
    registry.put("/subjects/to-avro-out-value/versions", "{\"id\":5}");
    String yaml = TestPipelines.yaml("to-avro", "to-avro-out", "to-avro-bad").replace("{topic: to-avro-out, format: json}", "{topic: to-avro-out, format: avro}") + "kafka: {" + SchemaRegistry.URL + ": \"" + registry.url() + "\"}\n";
    try (var pipeline = TestPipelines.doubling(yaml);
        var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "to-avro").withStateDirectory(directory))) {
      running.start();
      var out = topics.await(1000, PARTITIONS, "to-avro-out");

      Schema schema = new Schema.Parser().parse(RecordSchemas.avroResult(pipeline.current().result(), false));
      assertThat(out).hasSize(1000);
      for (var record : out) {
        assertThat(ByteBuffer.wrap(record.value()).getInt(1)).isEqualTo(5);
        var result = new GenericDatumReader<GenericRecord>(schema).read(null, DecoderFactory.get().binaryDecoder(record.value(), 5, record.value().length - 5, null));
        int i = Integer.parseInt(text(record.key()).substring(1));
        assertThat(((GenericRecord) result.get("out")).get("y")).isEqualTo(2.0 * i);
        assertThat(result.get("in")).hasToString("{\"x\":" + i + "}");
      }
      assertThat(registry.asked()).as("once, before it starts").containsExactly("/schemas/types", "/subjects/to-avro-out-value/versions");
    }
  }

  @Test
  void shouldNotStartWhenTheRegistryDoesNotTakeTheResultsSchema() {
    registry.refuse("/subjects/refused-out-value/versions", 409, "incompatible");
    String yaml = TestPipelines.yaml("refused", "refused-out", "refused-bad").replace("{topic: refused-out, format: json}", "{topic: refused-out, format: avro}") + "kafka: {" + SchemaRegistry.URL + ": \"" + registry.url() + "\"}\n";
    try (var pipeline = TestPipelines.doubling(yaml)) {
      assertThatThrownBy(() -> Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "refused"))).isInstanceOf(RegistryException.class).hasMessageContaining("refused-out-value");
    }
  }

  @Test
  void shouldKeepTheStepsWhenTheRegistryDoesNotTakeTheResultsSchemaOfTheNext() throws Exception {
    topics.createFor("release", PARTITIONS);
    String versions = "/subjects/release-out-value/versions";
    registry.put(versions, "{\"id\":5}");
    String yaml = TestPipelines.yaml("release", "release-out", "release-bad").replace("{topic: release-out, format: json}", "{topic: release-out, format: avro}").replace("release, format: json", "release, format: json, fields: {x: float64}") + "kafka: {" + SchemaRegistry.URL + ": \"" + registry.url() + "\"}\n";
    String more = yaml.replace("y: x * 2.0", "y: x * 2.0, z: x * 3.0");
    try (var pipeline = new Pipeline(steps(yaml))) {
      try (var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "release").withStateDirectory(directory))) {
        running.start();
        registry.refuse(versions, 409, "incompatible");
        try (var refused = steps(more)) {
          assertThatThrownBy(() -> pipeline.replace(refused)).isInstanceOf(RegistryException.class).hasMessageContaining("release-out-value");
        }
        topics.send("release", PARTITIONS, TestPipelines.numbers(100));
        assertThat(topics.await(100, PARTITIONS, "release-out")).hasSize(100).allSatisfy(record -> assertThat(ByteBuffer.wrap(record.value()).getInt(1)).isEqualTo(5));

        registry.put(versions, "{\"id\":6}");
        pipeline.replace(steps(more));
        topics.send("release", PARTITIONS, TestPipelines.numbers(100));
        assertThat(topics.await(200, PARTITIONS, "release-out")).hasSize(200).filteredOn(record -> ByteBuffer.wrap(record.value()).getInt(1) == 6).hasSize(100);
        assertThat(running.counters().threadFailures()).isZero();
      }
      registry.close();
      pipeline.replace(steps(yaml)); // nobody is left who would ask the registry
    }
  }

  private static CompiledSteps steps(String yaml) {
    return Steps.compile(PipelineDocument.parse(yaml, "release.yaml"));
  }

  @Test
  void shouldNotStartWithoutTheRegistry() {
    registry.close();
    var options = StreamOptions.of(topics.bootstrapServers(), "none");
    try (var pipeline = TestPipelines.doubling(yaml("none"));
        var without = TestPipelines.doubling(TestPipelines.yaml("none", "none-out", "none-bad").replaceFirst("format: json", "format: avro"))) {
      assertThatThrownBy(() -> Yapok.stream(pipeline, Map.of(), options)).isInstanceOf(RegistryException.class).hasMessageContaining("Connection refused");
      assertThatThrownBy(() -> Yapok.stream(without, Map.of(), options)).isInstanceOf(ProblemsException.class).hasMessageContaining("none is given").hasMessageContaining("write kafka: {schema.registry.url");
    }
  }

  private String yaml(String name) {
    return TestPipelines.yaml(name, name + "-out", name + "-bad").replaceFirst("format: json", "format: avro") + "kafka: {" + SchemaRegistry.URL + ": \"" + registry.url() + "\"}\n";
  }

  private static void isItsOwnAnswer(ConsumerRecord<byte[], byte[]> record) {
    int i = Integer.parseInt(text(record.key()).substring(1));
    boolean first = i < RECORDS / 2;
    assertThat(text(record.value())).contains(first ? "\"in\":{\"x\":" + i + "}" : "\"in\":{\"note\":\"n" + i + "\",\"x\":" + i / 2.0 + "}").contains("\"y\":" + (first ? 2.0 * i : (double) i));
  }

  private static void send(String topic, int from, int to, int id, Schema schema) throws Exception {
    try (var producer = topics.producer(Map.of())) {
      for (int i = from; i < to; i++) {
        Map<String, Object> values = new HashMap<>(id == 1 ? Map.of("x", i) : Map.of("note", "n" + i, "x", (double) i));
        producer.send(new ProducerRecord<>(topic, i % PARTITIONS, ("k" + i).getBytes(UTF_8), AvroBytes.framed(id, schema, values))).get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static Schema schema(String fields) {
    return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }
}
