package io.yapok.topology.internal;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients, but for the producer, which unfolds. Under the {@code streams} group protocol Kafka Streams makes its consumers itself and only the
 * producer is asked for here; nothing depends on the consumers being ours.
 */
public final class FoldingClients implements KafkaClientSupplier {
  private final Progress progress;
  private volatile boolean unfolds;

  /** Clients that note commits there. */
  public FoldingClients(Progress progress) {
    this.progress = progress;
  }

  /** Whether the application's producers are ours, so that batches may leave as one record. Producers are made before the tasks that use them. */
  public boolean unfolds() {
    return unfolds;
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    unfolds = true;
    return new UnfoldingProducer(new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()), progress);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return getConsumer(config);
  }
}
