package io.yapok.perf.internal.contestant;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients of contestants that drive them by hand. */
public final class LoopClients {
  private LoopClients() {}

  /** A consumer of the assignment's group that commits nothing by itself; {@code more} settings are added. */
  public static KafkaConsumer<byte[], byte[]> consumer(Assignment assignment, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, assignment.group());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ClientSettings.MAX_POLL_RECORDS);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A producer, transactional where the assignment says exactly once. */
  public static KafkaProducer<byte[], byte[]> producer(Assignment assignment) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(ClientSettings.LINGER, ClientSettings.LINGER_MS);
    settings.put(ClientSettings.RETRY, ClientSettings.RETRY_MS);
    settings.put(ClientSettings.BATCH, ClientSettings.BATCH_BYTES);
    if (assignment.delivery() == Delivery.EXACTLY_ONCE) {
      settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, assignment.group());
    }
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
