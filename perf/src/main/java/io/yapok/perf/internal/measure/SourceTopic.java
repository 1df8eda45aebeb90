package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.workload.RecordPool;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Fills the source topic once; every contestant then reads the same bytes. */
public final class SourceTopic {
  private SourceTopic() {}

  /** Sends records 0 to {@code count - 1}, record i to partition i modulo the number of partitions or where its key belongs, and returns when all are acknowledged. */
  public static void fill(String bootstrapServers, String topic, RecordPool pool, long count) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long id = 0; id < count && failure.get() == null; id++) {
        @Nullable Integer partition = pool.isKeyed() ? null : Math.floorMod(id, Arena.PARTITIONS);
        @Nullable Long timestamp = pool.timestamp(id) < 0 ? null : pool.timestamp(id);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, timestamp, pool.key(id), pool.value(id));
        Future<RecordMetadata> _ = producer.send(record, (metadata, exception) -> failure.compareAndSet(null, exception));
      }
    }
    Exception first = failure.get();
    if (first != null) {
      throw new BenchException("the records could not be sent (" + first.getMessage() + ")", topic, "look at the free disk space", first);
    }
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ProducerConfig.LINGER_MS_CONFIG, 5,
        ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
  }
}
