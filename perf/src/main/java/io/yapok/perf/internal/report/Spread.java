package io.yapok.perf.internal.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle of a few measurements, and how far apart they lay. */
public record Spread(double median, double lowest, double highest) {
  /** Of at least one value. */
  public static Spread of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("a median of nothing");
    }
    int middle = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }
}
