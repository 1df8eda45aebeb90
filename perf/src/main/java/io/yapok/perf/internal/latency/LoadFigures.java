package io.yapok.perf.internal.latency;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one run under load came to.
 *
 * @param latency from each record's intended time to when the reader had its result, in nanoseconds
 * @param lateness of the generator: from each record's intended time to when it was sent
 * @param recordsPerSecond results in the time from the first measured one to the last
 * @param cpuMicrosPerRecord processor time of the contestant's whole process in that time
 * @param rssMegabytes the most resident memory that the contestant ever had, in 10^6 bytes
 */
public record LoadFigures(Load load, Histogram latency, Histogram lateness, double recordsPerSecond, double cpuMicrosPerRecord, double rssMegabytes) {

  /**
   * Whether the generator kept its times, so that the contestant had the load that was asked for. What it is late makes latencies look longer, never shorter.
   *
   * @param bound for 99 % of all records
   */
  public boolean isOnTime(Duration bound) {
    return lateness.getTotalCount() == 0 || lateness.getValueAtPercentile(99) <= bound.toNanos();
  }

  /** The contestant's own part of the 99th percentile in milliseconds: less the generator's. */
  public double ownP99Millis() {
    return Histograms.millis(latency, 99) - Histograms.millis(lateness, 99);
  }
}
