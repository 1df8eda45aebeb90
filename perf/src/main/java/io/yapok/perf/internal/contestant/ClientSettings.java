package io.yapok.perf.internal.contestant;

import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of Kafka's clients that all contestants have alike, with the values that Yapok sets by default. */
public final class ClientSettings {
  /** Records a poll returns at most. */
  public static final int MAX_POLL_RECORDS = 2000;

  /** Bytes that a fetch brings of one partition: Kafka's default. */
  public static final int FETCH_BYTES = 1 << 20;

  public static final int LINGER_MS = 1;
  public static final int BATCH_BYTES = 128 << 10;
  public static final int RETRY_MS = 2;
  public static final String RETRY = ProducerConfig.RETRY_BACKOFF_MS_CONFIG;
  public static final String LINGER = ProducerConfig.LINGER_MS_CONFIG;
  public static final String BATCH = ProducerConfig.BATCH_SIZE_CONFIG;

  private ClientSettings() {}
}
