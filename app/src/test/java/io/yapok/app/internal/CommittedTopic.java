package io.yapok.app.internal;

import io.yapok.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as a {@code read_committed} reader sees it. */
public final class CommittedTopic {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private CommittedTopic() {}

  /** Everything committed, once there is so much or a minute has passed; more would be read too. Within a partition in order. */
  public static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedKafka kafka, String topic, int partitions, int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = IntStream.range(0, partitions).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (records.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      consumer.poll(Duration.ofMillis(300)).forEach(records::add); // one more look, for what should not be there
    }
    return records;
  }
}
