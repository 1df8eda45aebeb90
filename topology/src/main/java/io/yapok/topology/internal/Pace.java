package io.yapok.topology.internal;

import java.time.Duration;

/**
 * How long a record takes, as lately measured, so that batches can be cut by the time they will need. Written by stream threads after each batch and read when
 * polls are folded; a lost update between two threads does no harm.
 */
public final class Pace {
  private static final double WEIGHT = 0.2;

  private volatile double nanosPerRecord;

  /** Nothing measured yet: no batch is cut by time. */
  public Pace() {
    this(0);
  }

  /** A pace already measured, in nanoseconds a record. */
  public Pace(double nanosPerRecord) {
    this.nanosPerRecord = nanosPerRecord;
  }

  /** Records may take so long from now on, as when other models have come: a slower pace is believed at once, since the batches cut for the old one could take for ever. */
  void expect(long nanos) {
    nanosPerRecord = Math.max(nanosPerRecord, (double) nanos);
  }

  /**
   * A batch of so many records took so long. A quicker batch is believed at once: that a record can be as quick is proven. A slower one counts a little, and less
   * the smaller it is, since it may have been cold, or small enough for its fixed cost to show: believed at once, the first record of a run would have the next
   * poll cut to pieces.
   */
  public void measured(int records, long nanos) {
    double sample = (double) nanos / records;
    double before = nanosPerRecord;
    if (before == 0 || sample <= before) {
      nanosPerRecord = sample;
    } else {
      nanosPerRecord = before + WEIGHT * Math.min(1.0, records / 64.0) * (sample - before);
    }
  }

  /** How many records fit into this time, at least 1. */
  public int recordsIn(Duration time) {
    double nanos = nanosPerRecord;
    return nanos <= 0 ? Integer.MAX_VALUE : Math.clamp((long) (time.toNanos() / nanos), 1, Integer.MAX_VALUE);
  }

  /** Nanoseconds a record; 0 before the first measurement. */
  public double nanosPerRecord() {
    return nanosPerRecord;
  }
}
