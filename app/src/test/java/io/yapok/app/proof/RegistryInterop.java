package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RegistryException;
import io.yapok.schemas.SchemaRegistry;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.Yapok;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What producers, a pipeline and readers of Avro do with each other by a real registry, whichever it is: the producer's schema changes in mid-stream and so does the results', and readers have the schema of
 * before or of after. For topics {@code interop}, {@code interop-out} and {@code interop-bad}.
 */
final class RegistryInterop {
  static final List<String> TOPICS = List.of("interop", "interop-out", "interop-bad");

  private static final int RECORDS = 6_000;
  private static final Schema FIRST = schema("{'name':'id','type':'long'},{'name':'x','type':'int'}");
  private static final Schema SECOND =
      schema("{'name':'note','type':'string','default':''},{'name':'x','type':'double'},{'name':'card','type':['null',{'type':'map','values':'string'}],'default':null},{'name':'id','type':'long'}");

  private static final String YAML =
      """
      name: interop
      source: {topic: interop, format: avro, fields: {id: int64, x: float64}}
      steps:
        - transform: {id_out: id, y: x * 2.0}
      sink: {topic: interop-out, format: avro}
      rejects: {topic: interop-bad}
      exclude: ["*"]
      kafka: {schema.registry.url: "URL"}
      """;

  private final String bootstrapServers;
  private final String url;
  private final RegistryRest registry;
  private final Path state;

  /** A registry and a broker that has the topics, of {@link Workload#PARTITIONS} partitions. */
  RegistryInterop(String bootstrapServers, String url, Path state) {
    this.bootstrapServers = bootstrapServers;
    this.url = url;
    this.registry = new RegistryRest(url);
    this.state = state;
  }

  /** Checks it all. */
  void check() {
    StreamOptions options = StreamOptions.of(bootstrapServers, "interop").withStateDirectory(state);
    try (Pipeline pipeline = new Pipeline(steps(YAML))) {
      try (var running = Yapok.stream(pipeline, Map.of(), options)) {
        running.start();
        produce(0, RECORDS / 2, FIRST);
        assertThat(results(RECORDS / 2)).hasSize(RECORDS / 2);
        pipeline.replace(steps(YAML.replace("y: x * 2.0", "y: x * 2.0, z: x + 1.0")));
        produce(RECORDS / 2, RECORDS, SECOND);
        checkResults(results(RECORDS));
        assertThat(running.counters().rejected()).isZero();
        assertThat(running.counters().threadFailures()).isZero();
      }
      checkOtherNames(pipeline, options);
    }
  }

  private void checkResults(List<ConsumerRecord<byte[], byte[]>> results) {
    AvroReader reader = new AvroReader(registry);
    Schema before = registry.version("interop-out-value", 1);
    Schema after = registry.version("interop-out-value", 2);
    boolean[] seen = new boolean[RECORDS];
    for (var result : results) {
      int i = Integer.parseInt(new String(result.key(), UTF_8));
      double x = i < RECORDS / 2 ? i : i / 4.0;
      GenericRecord old = (GenericRecord) reader.read(result.value(), before).get("out");
      GenericRecord now = (GenericRecord) reader.read(result.value(), after).get("out");
      assertThat(old.get("id_out")).isEqualTo((long) i).isEqualTo(now.get("id_out"));
      assertThat(old.get("y")).isEqualTo(2 * x).isEqualTo(now.get("y"));
      assertThat(old.getSchema().getField("z")).isNull();
      assertThat(now.get("z")).isEqualTo(i < RECORDS / 2 ? null : x + 1);
      assertThat(seen[i]).as("answered twice").isFalse();
      seen[i] = true;
    }
    assertThat(results).as("none lost").hasSize(RECORDS);
    assertThat(reader.writers()).isEqualTo(2);
  }

  /** The results' schema is there and found by whoever may not register it; under a subject that is not there it is not. */
  private void checkOtherNames(Pipeline pipeline, StreamOptions options) {
    Yapok.stream(pipeline, Map.of("auto.register.schemas", "false"), options).close();
    assertThatThrownBy(() -> Yapok.stream(pipeline, Map.of("auto.register.schemas", "false", "value.subject.name.strategy", "RecordNameStrategy"), options))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("the schema registry does not have the results' schema for \"io.yapok.result.interop_result\"");
    Yapok.stream(pipeline, Map.of("value.subject.name.strategy", "RecordNameStrategy"), options).close();
    assertThat(registry.version("io.yapok.result.interop_result", 1).getFullName()).isEqualTo("io.yapok.result.interop_result");
    try (SchemaRegistry client = SchemaRegistry.of(Map.of(SchemaRegistry.URL, url))) {
      assertThat(client.latest("nowhere")).isEmpty();
    }
  }

  private void produce(int from, int to, Schema schema) {
    int id = registry.register("interop-value", schema);
    try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        Map<String, Object> fields = schema == FIRST ? Map.of("id", (long) i, "x", i) : Map.of("id", (long) i, "x", i / 4.0, "note", "n" + i, "card", Map.of("country", "CH"));
        producer.send(new ProducerRecord<>("interop", i % Workload.PARTITIONS, Integer.toString(i).getBytes(UTF_8), AvroBytes.framed(id, schema, fields)));
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> results(int count) {
    Readers.await(bootstrapServers, "interop-out", count);
    var results = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    Readers.all(bootstrapServers, "interop-out", Scene.PATIENCE, results::add);
    return results;
  }

  private CompiledSteps steps(String yaml) {
    return Steps.compile(PipelineDocument.parse(yaml.replace("URL", url), "interop.yaml"));
  }

  private static Schema schema(String fields) {
    return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Payment\",\"namespace\":\"shop\",\"fields\":[" + fields.replace('\'', '"') + "]}");
  }
}
