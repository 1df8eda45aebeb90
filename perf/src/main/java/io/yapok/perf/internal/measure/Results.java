package io.yapok.perf.internal.measure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * An independent read_committed reader of a sink from its beginning. It waits at the broker for the next byte (a long poll that the broker answers as soon as
 * there is one), so it adds no more than a round trip and its own wake-up. Used by one thread.
 */
public final class Results implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Returns when it is connected and waits for the first record. */
  public Results(String bootstrapServers, String topic) {
    this.consumer = new KafkaConsumer<>(settings(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = IntStream.range(0, Arena.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    partitions.forEach(consumer::position); // asks the broker, so that the first poll need not
  }

  /** What has come, or comes within this time. */
  public ConsumerRecords<byte[], byte[]> poll(Duration time) {
    return consumer.poll(time);
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
        ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
