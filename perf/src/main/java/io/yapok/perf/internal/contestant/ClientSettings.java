package io.yapok.perf.internal.contestant;

import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of Kafka's clients that all contestants have alike, with the values that Yapok sets by default. */
final class ClientSettings {
  /** Records a poll returns at most. */
  static final int MAX_POLL_RECORDS = 2000;

  static final int LINGER_MS = 1;
  static final int BATCH_BYTES = 128 << 10;
  static final String LINGER = ProducerConfig.LINGER_MS_CONFIG;
  static final String BATCH = ProducerConfig.BATCH_SIZE_CONFIG;

  private ClientSettings() {}
}
