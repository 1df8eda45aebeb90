package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The least that can be done with Kafka's client: poll, score the poll in one run of the model, send, and commit results and offsets in one transaction (or flush
 * and then commit offsets). It
 * handles no failure, keeps no state, reports nothing. Everything happens on the main thread.
 */
final class ClientLoop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Assignment assignment;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final VectorScorer scorer;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Callback acknowledged = (metadata, exception) -> failed.compareAndSet(null, exception);
  private long lastCommit = System.nanoTime();

  private ClientLoop(
      Assignment assignment, KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, VectorScorer scorer) {
    this.assignment = assignment;
    this.consumer = consumer;
    this.producer = producer;
    this.scorer = scorer;
  }

  public static void main(String[] arguments) throws IOException, OrtException {
    Assignment assignment = Assignment.parse(arguments);
    Workload workload = Workloads.named(assignment.workload()).orElseThrow();
    byte[] model = Files.readAllBytes(assignment.directory().resolve(workload.modelFile()));
    try (Stop stop = new Stop();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings(assignment), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings(assignment), new ByteArraySerializer(), new ByteArraySerializer());
        VectorScorer scorer = new VectorScorer(workload, model)) {
      new ClientLoop(assignment, consumer, producer, scorer).run(stop);
    }
  }

  private void run(Stop stop) throws OrtException {
    consumer.subscribe(List.of(assignment.source()));
    if (isTransactional()) {
      producer.initTransactions();
    }
    while (!stop.isAsked()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        send(records);
      }
      if (!done.isEmpty() && System.nanoTime() - lastCommit >= assignment.commitIntervalMillis() * 1_000_000) {
        commit();
      }
    }
  }

  private void send(ConsumerRecords<byte[], byte[]> records) throws OrtException {
    if (done.isEmpty() && isTransactional()) {
      producer.beginTransaction();
    }
    scorer.score(records, this::send);
    done.putAll(records.nextOffsets());
  }

  private void send(ConsumerRecord<byte[], byte[]> record, byte[] result) {
    // a send that fails makes the commit throw: in a transaction Kafka sees to that, else the callback
    Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(assignment.sink(), record.partition(), record.timestamp(), record.key(), result), acknowledged);
  }

  private boolean isTransactional() {
    return assignment.delivery() == Delivery.EXACTLY_ONCE;
  }

  private void check() {
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("a result was not acknowledged", failure);
    }
  }

  private void commit() {
    if (isTransactional()) {
      producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
      producer.commitTransaction();
    } else {
      producer.flush();
      check();
      consumer.commitSync(done);
    }
    done.clear();
    lastCommit = System.nanoTime();
  }

  private static Map<String, Object> consumerSettings(Assignment assignment) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers(),
        ConsumerConfig.GROUP_ID_CONFIG, assignment.group(),
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ClientSettings.MAX_POLL_RECORDS);
  }

  private static Map<String, Object> producerSettings(Assignment assignment) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(ClientSettings.LINGER, ClientSettings.LINGER_MS);
    settings.put(ClientSettings.BATCH, ClientSettings.BATCH_BYTES);
    if (assignment.delivery() == Delivery.EXACTLY_ONCE) {
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, assignment.group());
    }
    return settings;
  }
}
