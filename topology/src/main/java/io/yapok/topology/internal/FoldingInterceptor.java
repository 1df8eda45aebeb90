package io.yapok.topology.internal;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Folds each poll of the main consumer. Kafka makes it from its class name, so what it needs comes through the consumer's configuration: no statics, since
 * several applications may share a JVM. {@link #onConsume} runs on the stream thread, inside {@code poll}, and must come last of all interceptors.
 */
public class FoldingInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  /** Under this key the consumer's configuration holds the application's {@link Folding}. */
  public static final String FOLDING_CONFIG = "yapok.folding";

  private @Nullable Folding folding;

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(FOLDING_CONFIG) instanceof Folding given) {
      folding = given;
    }
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    return folding == null ? records : folding.fold(records);
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (folding != null) {
      folding.committed();
    }
  }

  @Override
  public void close() {}
}
