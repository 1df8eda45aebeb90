package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/**
 * A consumer and a producer with the keys' memory in Redis: for each poll one {@code MGET} of its keys, one run of the model and one {@code MSET}, so a round trip is
 * shared by up to 2,000 records. At least once: what is in Redis is no part of a transaction, and after a crash records are counted twice. Everything happens on the
 * main thread.
 */
final class RedisLoop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Assignment assignment;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ProfileScorer scorer;
  private final Jedis redis;
  private final List<Header> headers;
  private final Map<Bytes, byte @Nullable []> memories = new LinkedHashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Callback acknowledged = (metadata, exception) -> failed.compareAndSet(null, exception);
  private long lastCommit = System.nanoTime();

  private RedisLoop(Assignment assignment, KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, ProfileScorer scorer, Jedis redis) {
    this.assignment = assignment;
    this.consumer = consumer;
    this.producer = producer;
    this.scorer = scorer;
    this.redis = redis;
    this.headers = scorer.headers();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException, OrtException {
    Assignment given = Assignment.parse(arguments);
    Assignment assignment =
        new Assignment(
            given.bootstrapServers(), given.source(), given.sink(), given.group(), given.workload(), given.directory(), given.commitIntervalMillis(), Delivery.AT_LEAST_ONCE);
    try (Stop stop = new Stop();
        RedisServer server = RedisServer.start(assignment.directory());
        Jedis redis = server.connect();
        KafkaConsumer<byte[], byte[]> consumer = LoopClients.consumer(assignment, Map.of());
        KafkaProducer<byte[], byte[]> producer = LoopClients.producer(assignment);
        ProfileScorer scorer = ProfileScorer.of(assignment)) {
      new RedisLoop(assignment, consumer, producer, scorer, redis).run(stop);
    }
  }

  private void run(Stop stop) throws OrtException {
    consumer.subscribe(List.of(assignment.source()));
    while (!stop.isAsked()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        score(records);
      }
      if (!done.isEmpty() && System.nanoTime() - lastCommit >= assignment.commitIntervalMillis() * 1_000_000) {
        commit();
      }
    }
  }

  private void score(ConsumerRecords<byte[], byte[]> records) throws OrtException {
    fetch(records);
    int row = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Bytes key = Bytes.wrap(record.key());
      memories.put(key, scorer.place(row++, record.value(), record.timestamp(), memories.get(key)));
    }
    scorer.run(row);
    store();
    row = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Future<RecordMetadata> _ =
          producer.send(new ProducerRecord<>(assignment.sink(), record.partition(), record.timestamp(), record.key(), scorer.result(row++), headers), acknowledged);
    }
    done.putAll(records.nextOffsets());
  }

  private void fetch(ConsumerRecords<byte[], byte[]> records) {
    memories.clear();
    if (!scorer.remembers()) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      memories.put(Bytes.wrap(record.key()), null);
    }
    List<byte @Nullable []> found = redis.mget(memories.keySet().stream().map(Bytes::get).toArray(byte[][]::new));
    int at = 0;
    for (Map.Entry<Bytes, byte @Nullable []> entry : memories.entrySet()) {
      entry.setValue(found.get(at++));
    }
  }

  private void store() {
    if (scorer.remembers()) {
      byte[][] keysAndValues = new byte[2 * memories.size()][];
      int at = 0;
      for (Map.Entry<Bytes, byte @Nullable []> entry : memories.entrySet()) {
        keysAndValues[at++] = entry.getKey().get();
        keysAndValues[at++] = entry.getValue();
      }
      redis.mset(keysAndValues);
    }
  }

  private void commit() {
    producer.flush();
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("a result was not acknowledged", failure);
    }
    consumer.commitSync(done);
    done.clear();
    lastCommit = System.nanoTime();
  }
}
