package io.yapok.app.internal.demo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What the demo counts. {@code in} comes from the producer's acknowledgements, everything that came out from a reader that sees only what is committed: neither
 * asks the pipeline. Written by the feed's and the watch's threads, read by the screen's.
 */
final class DemoFigures {
  private static final long HIGHEST_MICROS = 600_000_000L;

  final LongAdder in = new LongAdder();
  final LongAdder unacknowledged = new LongAdder();
  final LongAdder out = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder frauds = new LongAdder();
  final LongAdder flagged = new LongAdder();
  final LongAdder caught = new LongAdder();
  final AtomicLong producerLateNanos = new AtomicLong();

  private final Recorder recent = new Recorder(HIGHEST_MICROS, 3);
  private final Histogram total = new Histogram(HIGHEST_MICROS, 3);

  /** Called by the watch's thread for each result of the measured part. */
  void latency(long nanos) {
    recent.recordValue(Math.clamp(nanos / 1000, 0, HIGHEST_MICROS));
  }

  /** The latencies since the last call; the total grows by them. Called by the screen's thread alone. */
  Histogram takeRecent() {
    Histogram interval = recent.getIntervalHistogram();
    total.add(interval);
    return interval;
  }

  /** All latencies that {@link #takeRecent} has seen, in microseconds. */
  Histogram total() {
    return total;
  }

  long answered() {
    return out.sum() + rejected.sum();
  }
}
