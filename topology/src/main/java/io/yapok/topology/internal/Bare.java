package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument.BatchLimits;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The hooks without Kafka Streams between them. */
public final class Bare {
  private static final ParcelDeserializer IN = new ParcelDeserializer();
  private static final ParcelSerializer OUT = new ParcelSerializer();

  private Bare() {}

  /** Settings of a consumer that folds. */
  public static Map<String, Object> foldingConsumer(Set<String> topics, BatchLimits limits) {
    Folding folding = new Folding(topics, limits, new Pace(), new Progress(InstantSource.system()));
    return Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, FoldingInterceptor.class.getName(), FoldingInterceptor.FOLDING_CONFIG, folding);
  }

  /** The records that a folded one stands for. */
  public static List<ConsumerRecord<byte[], byte[]>> unwrap(ConsumerRecord<byte[], byte[]> folded) {
    if (IN.deserialize(folded.topic(), folded.headers(), folded.value()) instanceof Parcel.IncomingBatch(var records)) {
      return records;
    }
    throw new IllegalStateException("a record of " + folded.topic() + " is not folded");
  }

  /** A producer that unfolds. */
  public static Producer<byte[], byte[]> unfolding(Producer<byte[], byte[]> producer) {
    return new UnfoldingProducer(producer, new Progress(InstantSource.system()));
  }

  /** One record that stands for many. */
  public static ProducerRecord<byte[], byte[]> wrap(String topic, List<ProducerRecord<byte[], byte[]>> records) {
    RecordHeaders headers = new RecordHeaders();
    byte[] value = OUT.serialize(topic, headers, new Parcel.OutgoingBatch(records));
    return new ProducerRecord<>(topic, null, null, null, value, headers);
  }
}
