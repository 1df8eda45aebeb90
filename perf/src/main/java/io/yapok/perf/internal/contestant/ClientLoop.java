package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
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
  private final Scorer scorer;
  private final List<Header> headers;
  private final byte[][] values = new byte[ClientSettings.MAX_POLL_RECORDS][];
  private final byte[][] results = new byte[ClientSettings.MAX_POLL_RECORDS][];
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Callback acknowledged = (metadata, exception) -> failed.compareAndSet(null, exception);
  private long lastCommit = System.nanoTime();

  private ClientLoop(Assignment assignment, KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, Scorer scorer) {
    this.assignment = assignment;
    this.consumer = consumer;
    this.producer = producer;
    this.scorer = scorer;
    this.headers = scorer.headers();
  }

  public static void main(String[] arguments) throws IOException, OrtException {
    Assignment assignment = Assignment.parse(arguments);
    try (Stop stop = new Stop();
        KafkaConsumer<byte[], byte[]> consumer = LoopClients.consumer(assignment, Map.of());
        KafkaProducer<byte[], byte[]> producer = LoopClients.producer(assignment);
        Scorer scorer = Scorer.of(assignment)) {
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
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      values[count++] = record.value();
    }
    scorer.score(values, count, results);
    int index = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      // a send that fails makes the commit throw: in a transaction Kafka sees to that, else the callback
      Future<RecordMetadata> _ =
          producer.send(new ProducerRecord<>(assignment.sink(), record.partition(), record.timestamp(), record.key(), results[index++], headers), acknowledged);
    }
    done.putAll(records.nextOffsets());
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
}
