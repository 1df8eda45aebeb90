package io.yapok.topology.reference;

import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A feature as a document says it. Times are in milliseconds; what an aggregate does not take is 0.
 *
 * @param of the field, null where the aggregate counts records
 * @param over the window's length
 * @param after whether the present record is in what is shown
 * @param fallback shown where there is nothing yet
 */
record Feature(String name, Aggregate aggregate, @Nullable String of, Window window, long over, int buckets, long gap, int n, double q, long halfLife, boolean after, double fallback) {
  static final int DEFAULT_BUCKETS = 12;

  enum Aggregate {
    COUNT, SUM, MEAN, VARIANCE, MIN, MAX, LAST, SECONDS_SINCE_LAST, RATE, EWMA, DISTINCT, QUANTILE, TOP;

    boolean countsRecords() {
      return this == COUNT || this == RATE || this == SECONDS_SINCE_LAST;
    }

    boolean hasWindows() {
      return this != LAST && this != SECONDS_SINCE_LAST && this != EWMA;
    }

    /** Whether it shows a value of the document's choice where there is nothing. */
    boolean hasFallback() {
      return switch (this) {
        case MEAN, VARIANCE, MIN, MAX, LAST, SECONDS_SINCE_LAST, EWMA, QUANTILE -> true;
        case COUNT, SUM, RATE, DISTINCT, TOP -> false;
      };
    }

    String label() {
      return Feature.label(this);
    }
  }

  enum Window {
    NONE, SLIDING, TUMBLING, SESSION
  }

  /** How long one bucket of the window is. */
  long bucketLength() {
    return over / buckets;
  }

  /** The same at the other time. */
  Feature turned() {
    return new Feature(name, aggregate, of, window, over, buckets, gap, n, q, halfLife, !after, fallback);
  }

  /** The entry of {@code state.features}; what is a default is left out. */
  String yaml() {
    var options = new StringJoiner(", ", "{", "}").add("aggregate: " + aggregate.label());
    if (of != null) {
      options.add("of: " + of);
    }
    switch (window) {
      case NONE -> {}
      case SLIDING -> options.add("over: " + duration(over)).add(buckets == DEFAULT_BUCKETS ? "window: sliding" : "buckets: " + buckets);
      case TUMBLING -> options.add("over: " + duration(over)).add("window: tumbling");
      case SESSION -> options.add("window: session").add("gap: " + duration(gap));
    }
    if (n != 1 && (aggregate == Aggregate.LAST || aggregate == Aggregate.TOP)) {
      options.add("n: " + n);
    }
    if (aggregate == Aggregate.QUANTILE && q != 0.5) {
      options.add("q: " + q);
    }
    if (aggregate == Aggregate.EWMA) {
      options.add("half_life: " + duration(halfLife));
    }
    if (after) {
      options.add("at: after");
    }
    if (aggregate.hasFallback() && fallback != (aggregate == Aggregate.SECONDS_SINCE_LAST ? -1 : 0)) {
      options.add("default: " + fallback);
    }
    boolean word = options.length() == "{aggregate: }".length() + aggregate.label().length() && aggregate.countsRecords();
    return name + ": " + (word ? aggregate.label() : options);
  }

  static String duration(long millis) {
    return millis % 3_600_000 == 0 ? millis / 3_600_000 + "h" : millis % 60_000 == 0 ? millis / 60_000 + "min" : millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
