package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.workload.RecordPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a contestant committed, all of it, as an independent read_committed reader. */
final class SinkCheck {
  private SinkCheck() {}

  /**
   * Counts the results in a topic that nobody writes to any more.
   *
   * @param answer a result's content as 32 bits
   */
  static Tally tally(String bootstrapServers, String topic, int expected, ToIntFunction<byte[]> answer) {
    Tally tally = new Tally(expected);
    List<TopicPartition> partitions = IntStream.range(0, Arena.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings(bootstrapServers), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> result : consumer.poll(Duration.ofMillis(200))) {
          tally.add(RecordPool.id(result.key()), answer.applyAsInt(result.value()));
        }
      }
    }
    return tally;
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
  }
}
