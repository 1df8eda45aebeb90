package io.yapok.app.internal.cluster;

import io.yapok.app.internal.EnvironmentException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in topics, without a group. For one thread; its owner closes it. */
public final class CommittedRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String cluster;

  /** Over the cluster that these settings of Kafka's clients name. */
  public CommittedRecords(Map<String, Object> client) {
    cluster = String.valueOf(client.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // what retention deletes under the reader is passed over
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How far partitions reach now, without what open transactions hold back. */
  public Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
    return asked(() -> consumer.endOffsets(partitions));
  }

  /**
   * Hands over every record from the beginning up to these ends, in order within a partition.
   *
   * @throws EnvironmentException if no record comes for half a minute
   */
  public void forEach(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    long moved = System.nanoTime();
    long at = -1;
    while (!asked(() -> isAt(ends))) {
      for (ConsumerRecord<byte[], byte[]> record : asked(() -> consumer.poll(POLL))) {
        if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
          reader.accept(record);
        }
      }
      long sum = asked(() -> ends.keySet().stream().mapToLong(consumer::position).sum());
      if (sum != at) {
        at = sum;
        moved = System.nanoTime();
      }
      requireProgress(moved);
    }
  }

  /** The record at a place of a topic; empty if it is not retained, or never was one. */
  public Optional<ConsumerRecord<byte[], byte[]>> find(TopicPartition partition, long offset) {
    boolean exists = asked(() -> consumer.partitionsFor(partition.topic())).stream().anyMatch(info -> info.partition() == partition.partition());
    if (!exists
        || offset < asked(() -> consumer.beginningOffsets(List.of(partition))).getOrDefault(partition, 0L)
        || offset >= ends(List.of(partition)).getOrDefault(partition, 0L)) {
      return Optional.empty();
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, offset);
    long since = System.nanoTime();
    while (asked(() -> consumer.position(partition)) <= offset) {
      for (ConsumerRecord<byte[], byte[]> record : asked(() -> consumer.poll(POLL))) { // the first is the one, or compaction or an abort took it
        return record.offset() == offset ? Optional.of(record) : Optional.empty();
      }
      requireProgress(since);
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void requireProgress(long since) {
    if (System.nanoTime() - since > PATIENCE.toNanos()) {
      throw new EnvironmentException("no record came for " + PATIENCE.toSeconds() + " s", cluster, "check that its brokers run");
    }
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw new EnvironmentException("reading failed (" + e.getMessage() + ")", cluster, "check that its brokers run and that reading is allowed", e);
    }
  }
}
