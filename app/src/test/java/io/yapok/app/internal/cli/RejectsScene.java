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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A pipeline with topics of its own on a broker, and the {@code rejects} commands for it. */
final class RejectsScene {
  static final int PARTITIONS = 3;

  /** What the dead-letter topic takes; larger records are kept as pointers. */
  static final int LARGEST = 20_000;

  private final EmbeddedKafka kafka;
  private final Path directory;
  private final String name;
  private final Path pipeline;

  /** The scene of a pipeline, whose name its topics begin with. */
  RejectsScene(EmbeddedKafka kafka, Path directory, String name, String yaml) {
    this.kafka = kafka;
    this.directory = directory;
    this.name = name;
    this.pipeline = TestPipeline.write(directory, name, yaml);
    Stream.of(name, name + "-out").forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    kafka.createTopic(name + "-bad", PARTITIONS, Map.of("max.message.bytes", Integer.toString(LARGEST)));
  }

  /** Writes another document in the pipeline's place. */
  void mend(String yaml) {
    TestPipeline.write(directory, name, yaml);
  }

  /** Runs the pipeline as its document stands until its topics hold so many results and rejects. */
  void runUntil(int results, int rejects) throws Exception {
    StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), name).withStateDirectory(directory.resolve("state"));
    try (Pipeline loaded = Pipeline.load(pipeline);
        PipelineService _ = PipelineService.start(loaded, new ServiceSettings(options, Map.of(), null))) {
      assertThat(read(name + "-out", results)).hasSize(results);
      assertThat(read(name + "-bad", rejects)).hasSize(rejects);
    }
  }

  /** Sends values to the source; the key of each is its number. */
  void send(List<byte @Nullable []> values) {
    try (var producer = producer()) {
      for (int i = 0; i < values.size(); i++) {
        producer.send(new ProducerRecord<>(name, i % PARTITIONS, Integer.toString(i).getBytes(UTF_8), values.get(i)));
      }
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** What is committed of a topic, at least so much. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    return CommittedTopic.read(kafka, topic, PARTITIONS, count);
  }

  /** The place of the reject of this number, where all are of one key and so in one partition. */
  String place(int number) {
    ConsumerRecord<byte[], byte[]> record = read(name + "-bad", number + 1).get(number);
    return record.partition() + ":" + record.offset();
  }

  /** The rejects in the file that {@code rejects export} writes, by Avro's own reader. */
  List<GenericRecord> export(Object... choice) throws IOException {
    Path file = directory.resolve(name + ".avro");
    Run export = rejects("export", Stream.concat(Stream.of("--output", file), Stream.of(choice)).toArray());
    assertThat(export.code()).as(export.err()).isZero();
    List<GenericRecord> rejects = new ArrayList<>();
    try (var in = Files.newInputStream(file);
        var records = new DataFileStream<>(in, new GenericDatumReader<GenericRecord>())) {
      records.forEach(rejects::add);
    }
    assertThat(export.errors()).containsExactly("%,d rejects written to %s".formatted(rejects.size(), file));
    return rejects;
  }

  Run rejects(String command, Object... options) {
    List<Object> line = new ArrayList<>(List.of("rejects", command, pipeline, "--bootstrap-server", kafka.bootstrapServers()));
    line.addAll(List.of(options));
    return Run.of(line.toArray());
  }
}
