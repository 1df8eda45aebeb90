package io.yapok.embedded;

import java.util.Map;

/** A Kafka that whoever holds this started and stops. Safe for use by several threads. */
public interface KafkaCluster extends AutoCloseable {

  /** What clients take as {@code bootstrap.servers}. */
  String bootstrapServers();

  /**
   * Creates a topic and returns once every partition has a leader: Kafka Streams refuses to start on
   * a source topic that the broker does not know yet.
   *
   * @param configs the topic's own settings, such as {@code retention.ms}
   * @throws EmbeddedKafkaException if it exists, or Kafka refuses it
   */
  void createTopic(String name, int partitions, Map<String, String> configs);

  /** Creates a topic with the broker's default settings. */
  default void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /** Stops it; a second call does nothing. */
  @Override
  void close();
}
