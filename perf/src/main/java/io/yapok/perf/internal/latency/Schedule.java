package io.yapok.perf.internal.latency;

/**
 * When each record should leave. Known from its id alone, so that nothing need be added to a record to measure its latency.
 *
 * <p>Times are {@link System#nanoTime}, which is one clock for all processes of a machine on Linux and macOS.
 *
 * @param first id of the first record; those before it are sent ahead of the schedule
 * @param warmUp records from the first on that are not measured
 * @param measured records after those
 * @param perSecond records a second; 0 is as fast as they can be sent, and then nothing has an intended time
 */
record Schedule(long first, int warmUp, int measured, long perSecond) {
  Schedule {
    if (first < 0 || warmUp < 0 || measured < 1 || perSecond < 0) {
      throw new IllegalArgumentException("a schedule has records to measure and a rate");
    }
  }

  /** The id after the last. */
  long end() {
    return first + warmUp + measured;
  }

  /** The first id that is measured. */
  long firstMeasured() {
    return first + warmUp;
  }

  /** When a record should leave, if the first one should at {@code start}. */
  long intended(long id, long start) {
    return perSecond == 0 ? start : start + (long) ((id - first) * (1e9 / perSecond));
  }
}
