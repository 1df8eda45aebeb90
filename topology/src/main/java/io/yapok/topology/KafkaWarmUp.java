package io.yapok.topology;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's clients spend a quarter of a second in static initializers: hundreds of settings, the schemas of every request. A program that is about to connect can
 * have that done by another core while it reads its command line and its models.
 */
public final class KafkaWarmUp {
  private KafkaWarmUp() {}

  /** Begins, on a daemon thread of its own; whoever uses a class meanwhile waits for that class alone. Nothing is connected. */
  public static void begin() {
    Thread.ofPlatform().daemon().name("kafka-warm-up").start(KafkaWarmUp::initialize);
  }

  private static void initialize() {
    // asked for nothing but what asking does
    var _ = ApiKeys.values();
    var _ = AdminClientConfig.configNames();
    var _ = StreamsConfig.configDef();
    var _ = ConsumerConfig.configNames();
    var _ = ProducerConfig.configNames();
  }
}
