package io.yapok.topology.internal;

import java.util.concurrent.TimeUnit;

/**
 * Which timestamps a topic takes: none too far from the broker's clock. One that it refuses dooms a transaction as one oversized record does. We keep clear of the
 * edges, since clocks differ and a send may wait.
 *
 * @param beforeMillis how far back a timestamp may lie
 * @param afterMillis how far ahead; an hour unless the broker or the topic says otherwise
 */
public record TimestampLimits(long beforeMillis, long afterMillis) {
  /** For topics that stamp records themselves, and where no broker has been asked. */
  static final TimestampLimits NONE = new TimestampLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final long MARGIN = TimeUnit.MINUTES.toMillis(5);
  private static final int SHARE = 10;

  /** Whether a record with this timestamp, which is not negative, may be sent now. */
  boolean allow(long timestamp, long now) {
    return nearest(timestamp, now) == timestamp;
  }

  /** The timestamp itself, or the nearest one that may be sent now. */
  long nearest(long timestamp, long now) {
    long earliest = Math.max(0, now - within(beforeMillis));
    long latest = now + Math.min(within(afterMillis), Long.MAX_VALUE - now);
    return Math.clamp(timestamp, Math.min(earliest, latest), latest);
  }

  private static long within(long limit) {
    return limit == Long.MAX_VALUE ? limit : Math.max(0, limit - Math.min(MARGIN, limit / SHARE));
  }
}
