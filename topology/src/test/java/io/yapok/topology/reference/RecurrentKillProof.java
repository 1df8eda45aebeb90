package io.yapok.topology.reference;

import static io.yapok.topology.KafkaTopics.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.KafkaTopics;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.internal.SourceRecords;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A GRU with 64 hidden units a key while two instances are killed in turn and started again on their disks: every key's answers, in their order and to the bit, are those
 * of one run in this JVM. A minute or two.
 */
class RecurrentKillProof {
  private static final int PARTITIONS = 4;
  private static final int KEYS = 2_000;
  private static final int RECORDS = 60_000;
  private static final int PER_SECOND = 1_000;
  private static final int KILLS = 6;
  private static final int FEATURES = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PIPELINE =
      """
      name: gru-kill
      source: {topic: gru-kill, format: tensor}
      steps:
        - {model: gru.onnx, deterministic: true, state: {h_in: h_out}}
      sink: {topic: gru-kill-out, format: tensor}
      rejects: {topic: gru-kill-bad}
      """;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;

  private final long seed = Long.getLong("yapok.proof.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();

  private record Sent(String key, byte[] value) {}

  @Test
  void shouldGoOnFromWhatWasRememberedWhenInstancesAreKilled() throws Exception {
    SampleModels.gru(FEATURES, 64, 7).writeTo(directory.resolve("gru.onnx"));
    Path document = Files.writeString(directory.resolve("gru.yaml"), PIPELINE);
    List<Sent> sent = records();
    topics.createFor("gru-kill", PARTITIONS);
    Thread load = new Thread(() -> send(sent), "load");
    load.start();
    try (StatefulInstance first = instance(document, "a");
        StatefulInstance second = instance(document, "b");
        KafkaConsumer<byte[], byte[]> reader = topics.reader(PARTITIONS, "gru-kill-out")) {
      StatefulInstance[] running = {first, second};
      running[0].awaitRunning(PATIENCE);
      for (int kill = 0; kill < KILLS; kill++) {
        read(reader, results.size() + PER_SECOND + random.nextInt(2 * PER_SECOND));
        running[kill % 2].kill();
        running[kill % 2] = instance(document, kill % 2 == 0 ? "a" : "b");
      }
      load.join();
      read(reader, RECORDS);
      read(reader, results.size() + 1, Duration.ofSeconds(2)); // for what should not be there
      running[0].close();
      running[1].close();
    }
    System.out.printf("RecurrentKillProof: %,d records of %,d keys, %d kills, %,d results (seed %d)%n", RECORDS, KEYS, KILLS, results.size(), seed);
    assertThat(results).hasSize(RECORDS);
    assertThat(answers(results)).as("seed %d", seed).isEqualTo(expected(document, sent));
  }

  private StatefulInstance instance(Path document, String name) {
    return StatefulInstance.start(directory, name, topics.bootstrapServers(), List.of(document));
  }

  private List<Sent> records() {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      ByteBuffer value = ByteBuffer.allocate(FEATURES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < FEATURES; at++) {
        value.putFloat((float) random.nextGaussian());
      }
      sent.add(new Sent("k" + random.nextInt(KEYS), value.array()));
    }
    return sent;
  }

  private static void send(List<Sent> sent) {
    long start = System.nanoTime();
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < sent.size(); i++) {
        LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
        producer.send(new ProducerRecord<>("gru-kill", sent.get(i).key().getBytes(UTF_8), sent.get(i).value()));
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> reader, int count) {
    read(reader, count, PATIENCE);
  }

  private void read(KafkaConsumer<byte[], byte[]> reader, int count, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (results.size() < count && System.nanoTime() < until) {
      reader.poll(Duration.ofMillis(50)).forEach(results::add);
    }
  }

  /** The answers of each key, in order. */
  private static Map<String, List<String>> answers(List<ConsumerRecord<byte[], byte[]>> results) {
    Map<String, List<String>> answers = new HashMap<>();
    results.forEach(result -> answers.computeIfAbsent(text(result.key()), _ -> new ArrayList<>()).add(HexFormat.of().formatHex(result.value())));
    return answers;
  }

  private static Map<String, List<String>> expected(Path document, List<Sent> sent) {
    Map<String, List<String>> answers = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Sent each : sent) {
      byte[] key = each.key().getBytes(UTF_8);
      records.add(new ConsumerRecord<>("gru-kill", 0, records.size(), 0, TimestampType.CREATE_TIME, -1, -1, key, each.value(), new RecordHeaders(), Optional.empty()));
    }
    try (Pipeline pipeline = Pipeline.load(document);
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      Memory memory = Memory.inHeap();
      for (int from = 0; from < records.size(); from += 1000) {
        runner.run(SourceRecords.of(records.subList(from, Math.min(records.size(), from + 1000))), memory, collecting(answers));
      }
    }
    return answers;
  }

  private static PipelineRunner.Answers collecting(Map<String, List<String>> answers) {
    return new PipelineRunner.Answers() {
      @Override
      public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
        answers.computeIfAbsent(text(batch.key(record)), _ -> new ArrayList<>()).add(HexFormat.of().formatHex(value));
      }

      @Override
      public void reject(Batch batch, int record, Reject reject) {
        throw new AssertionError(reject.toString());
      }
    };
  }
}
