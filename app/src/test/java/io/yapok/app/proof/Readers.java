package io.yapok.app.proof;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Plain consumers of all partitions of a topic, from its beginning. */
final class Readers {
  private static final Duration POLL = Duration.ofMillis(100);

  private Readers() {}

  /** One that sees what is committed. */
  static KafkaConsumer<byte[], byte[]> committed(String bootstrapServers, String topic) {
    return open(bootstrapServers, topic, "read_committed");
  }

  /** Where a topic's logs end now, whether what stands there is committed or not. */
  static Map<TopicPartition, Long> logEnds(String bootstrapServers, String topic) {
    try (var consumer = open(bootstrapServers, topic, "read_uncommitted")) {
      return consumer.endOffsets(consumer.assignment());
    }
  }

  /**
   * Shows all that is committed in a topic up to where its logs end now. An open transaction hides what comes after it until it is ended, which this waits for.
   *
   * @throws AssertionError if the ends are not reached in that time
   */
  static void all(String bootstrapServers, String topic, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    var ends = new HashMap<>(logEnds(bootstrapServers, topic));
    long deadline = System.nanoTime() + patience.toNanos();
    try (var consumer = committed(bootstrapServers, topic)) {
      while (!ends.isEmpty()) {
        consumer.poll(POLL).forEach(each);
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        if (System.nanoTime() > deadline) {
          throw new AssertionError("a read_committed reader of " + topic + " does not reach " + ends + " within " + patience);
        }
      }
    }
  }

  /**
   * Waits until so many committed records have been seen in a topic.
   *
   * @throws AssertionError if they do not come
   */
  static void await(String bootstrapServers, String topic, int count) {
    try (var consumer = committed(bootstrapServers, topic)) {
      await(consumer, 0, count);
    }
  }

  /**
   * Reads on until so many records have been seen, and answers how many have.
   *
   * @param seen before
   * @throws AssertionError if they do not come
   */
  static int await(KafkaConsumer<byte[], byte[]> consumer, int seen, int count) {
    long deadline = System.nanoTime() + Scene.PATIENCE.toNanos();
    int now = seen;
    while (now < count) {
      now += consumer.poll(POLL).count();
      if (System.nanoTime() > deadline) {
        throw new AssertionError(consumer.assignment() + " have " + now + " records of " + count + " after " + Scene.PATIENCE);
      }
    }
    return now;
  }

  private static KafkaConsumer<byte[], byte[]> open(String bootstrapServers, String topic, String isolation) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var partitions = IntStream.range(0, Workload.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
