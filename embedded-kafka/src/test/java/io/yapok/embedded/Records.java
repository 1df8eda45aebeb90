package io.yapok.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes and reads a topic of strings in transactions. */
final class Records {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private Records() {}

  /** Writes the values and commits, or aborts. */
  static void write(KafkaCluster kafka, String topic, boolean commit, String... values) {
    try (KafkaProducer<String, String> producer = producer(kafka, "writer-" + topic)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value));
      }
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** Writes a value in a transaction that may last a second, and leaves it to itself. */
  static void leaveOpen(KafkaCluster kafka, String topic, String value) {
    KafkaProducer<String, String> producer = producer(kafka, "abandoned-" + topic);
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(new ProducerRecord<>(topic, value));
    producer.flush();
    producer.close(Duration.ZERO); // without time it cannot say that it gives up
  }

  private static KafkaProducer<String, String> producer(KafkaCluster kafka, String transactionalId) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "transactional.id", transactionalId,
            "transaction.timeout.ms", 1000);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** The first {@code count} committed values of a topic, read as a group. */
  static List<String> read(KafkaCluster kafka, String topic, int count) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "group.id",
            "reader-" + System.nanoTime(),
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (values.size() < count && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }
}
