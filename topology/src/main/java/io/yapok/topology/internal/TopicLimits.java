package io.yapok.topology.internal;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What a topic takes.
 *
 * @param bytes of a record alone in a batch
 * @param times of records
 */
record TopicLimits(int bytes, TimestampLimits times) {
  /** A topic's as Kafka has them where nobody said otherwise. */
  static final TopicLimits DEFAULT = new TopicLimits(1 << 20, new TimestampLimits(Long.MAX_VALUE, 3_600_000));

  /** Those of a topic with this configuration; a broker older than 3.6 has no limits of time. */
  static TopicLimits of(Config config) {
    int bytes = Math.toIntExact(number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, DEFAULT.bytes()));
    ConfigEntry stamping = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (stamping != null && TimestampType.LOG_APPEND_TIME.name.equals(stamping.value())) {
      return new TopicLimits(bytes, TimestampLimits.NONE);
    }
    long before = number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE);
    long after = number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE);
    return new TopicLimits(bytes, new TimestampLimits(before, after));
  }

  private static long number(Config config, String key, long otherwise) {
    @Nullable ConfigEntry entry = config.get(key);
    return entry == null || entry.value() == null ? otherwise : Long.parseLong(entry.value());
  }
}
