package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of a random stream, with what was written into it.
 *
 * @param number its place in the stream
 * @param rows its rows' fields as they are read: {@link Double}, {@link Long}, {@link Float} or {@link String}
 */
record Sent(int number, @Nullable String key, long timestamp, @Nullable String value, Fate fate, List<Map<String, Object>> rows) {
  /** What becomes of a record. */
  enum Fate {
    ANSWERED(null, true),
    /** Passed on, and the end of what its key had. */
    TOMBSTONE(null, false),
    /** Rejected by the step, after it has been remembered. */
    FAILS("expression_failed", true),
    TRUNCATED("truncated", false),
    MISSING("missing_field", false),
    WRONG_TYPE("wrong_type", false),
    NULL_VALUE("null_value", false),
    NULL_KEY("null_key", false),
    NEGATIVE_TIMESTAMP("negative_timestamp", false);

    private final @Nullable String reason;
    private final boolean counts;

    Fate(@Nullable String reason, boolean counts) {
      this.reason = reason;
      this.counts = counts;
    }

    /** Why it is rejected; null where it is not. */
    @Nullable String reason() {
      return reason;
    }

    /** Whether it is remembered. */
    boolean counts() {
      return counts;
    }
  }

  /** What its duplicates have too: a field, or the whole value. */
  Object fingerprint(@Nullable String field) {
    return field == null ? String.valueOf(value) : rows.getFirst().get(field);
  }

  byte @Nullable [] keyBytes() {
    return key == null ? null : key.getBytes(UTF_8);
  }

  byte @Nullable [] valueBytes() {
    return value == null ? null : value.getBytes(UTF_8);
  }
}
