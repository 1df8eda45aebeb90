package io.yapok.topology;

import io.yapok.schemas.PipelineDocument.BatchLimits;
import io.yapok.topology.internal.Bare;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The engine's two hooks into Kafka's clients, for programs that drive the clients themselves: benchmarks measure with it what each hook costs. {@link Yapok#stream}
 * needs none of it.
 */
public final class ClientHooks {
  private ClientHooks() {}

  /** Settings of a consumer that has what each of its polls returns for a partition of these topics folded into as few records as the limits allow. */
  public static Map<String, Object> foldingConsumer(Set<String> topics, BatchLimits limits) {
    return Bare.foldingConsumer(topics, limits);
  }

  /**
   * The records that a folded one stands for.
   *
   * @throws IllegalStateException if it is not folded
   */
  public static List<ConsumerRecord<byte[], byte[]>> unwrap(ConsumerRecord<byte[], byte[]> folded) {
    return Bare.unwrap(folded);
  }

  /** A producer that sends a {@link #wrap wrapped} record's records one by one; closing it closes the given one. */
  public static Producer<byte[], byte[]> unfolding(Producer<byte[], byte[]> producer) {
    return Bare.unfolding(producer);
  }

  /**
   * One record that stands for many of a topic's.
   *
   * @param records at least one, in the order to send them; handed over: nobody changes the list any more
   */
  public static ProducerRecord<byte[], byte[]> wrap(String topic, List<ProducerRecord<byte[], byte[]>> records) {
    return Bare.wrap(topic, records);
  }
}
