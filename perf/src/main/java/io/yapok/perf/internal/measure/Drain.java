package io.yapok.perf.internal.measure;

import java.time.Duration;

/**
 * Watches a contestant take a full topic to its end. The clock starts with the first commit that is seen past the warm-up, half of the records unless told, and stops with
 * the last; what was committed in between is what is divided by that time.
 */
public final class Drain {
  /** Of a topic's records, one in so many warms up. */
  public static final int WARM_UP_SHARE = 2;

  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration STALL = Duration.ofMinutes(2);

  private final Arena arena;
  private final ChildJvm child;
  private final String group;
  private long warmSince;

  /** A watch over a contestant that commits under this group. */
  public Drain(Arena arena, ChildJvm child, String group) {
    this.arena = arena;
    this.child = child;
    this.group = group;
  }

  /** How far it was at a moment, and what that had cost. */
  private record Sample(long committed, long nanos, Duration cpu) {}

  /** Returns when all records are committed. */
  public RunFigures run(int records) throws InterruptedException {
    return run(records, records / WARM_UP_SHARE);
  }

  /** Returns when all records are committed, of which the first {@code warmUp} are not counted. */
  public RunFigures run(int records, int warmUp) throws InterruptedException {
    Sample begin = await(warmUp);
    warmSince = System.currentTimeMillis();
    Sample end = await(records);
    if (begin.committed() == end.committed()) { // so few records that one commit took them all: count from the start
      begin = new Sample(0, child.startNanos(), Duration.ZERO);
    }
    double measured = end.committed() - begin.committed();
    return new RunFigures(
        measured / (end.nanos() - begin.nanos()) * 1e9,
        end.cpu().minus(begin.cpu()).toNanos() / 1e3 / measured,
        child.peakResidentBytes() / 1e6);
  }

  /** When the clock started, in milliseconds since 1970. */
  public long warmSince() {
    return warmSince;
  }

  private Sample await(long target) throws InterruptedException {
    long last = -1;
    long moved = System.nanoTime();
    while (true) {
      long committed = arena.committed(group);
      long now = System.nanoTime();
      if (committed >= target) {
        return new Sample(committed, now, child.cpu());
      }
      if (committed > last) {
        last = committed;
        moved = now;
      } else if (now - moved > STALL.toNanos()) {
        throw child.failure("a contestant stood still at " + committed + " records for " + STALL.toSeconds() + " s");
      }
      child.awaitWhileAlive(GLANCE);
    }
  }
}
