package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.Results;
import io.yapok.perf.internal.workload.RecordPool;
import java.time.Duration;
import java.util.BitSet;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes the results of one run, each record's once, and how long each took. Used by one thread. */
final class Reading {
  private static final Duration GLANCE = Duration.ofMillis(100);
  private static final Duration STALL = Duration.ofSeconds(60);

  private final Schedule schedule;
  private final Results results;
  private final ChildJvm child;
  private final BitSet seen = new BitSet();
  private final Histogram latency = Histograms.nanos();
  private int count;
  private long start;

  Reading(Schedule schedule, Results results, ChildJvm child) {
    this.schedule = schedule;
    this.results = results;
    this.child = child;
  }

  /** How many results there were at a moment of {@link System#nanoTime}. */
  record Moment(int results, long nanos) {}

  /** The first record's intended time, from now on. */
  void startsAt(long nanos) {
    start = nanos;
  }

  Histogram latency() {
    return latency;
  }

  /**
   * Returns when so many records have their results, with how many they are by then: a poll may bring more.
   *
   * @throws io.yapok.perf.internal.BenchException if the contestant ends, stands still for a minute, or answers a record twice
   */
  Moment await(long wanted) throws InterruptedException {
    long moved = System.nanoTime();
    while (count < wanted) {
      ConsumerRecords<byte[], byte[]> polled = results.poll(GLANCE);
      long now = System.nanoTime();
      polled.forEach(result -> take(result, now));
      if (!polled.isEmpty()) {
        moved = now;
      } else if (now - moved > STALL.toNanos()) {
        throw child.failure("a contestant stood still at " + count + " results for " + STALL.toSeconds() + " s");
      } else {
        child.awaitWhileAlive(Duration.ZERO);
      }
    }
    return new Moment(count, System.nanoTime());
  }

  private void take(ConsumerRecord<byte[], byte[]> result, long now) {
    long id = RecordPool.id(result.key());
    if (id < 0 || id >= schedule.end() || seen.get((int) id)) {
      throw child.failure("record " + id + " was answered twice, or never was");
    }
    seen.set((int) id);
    count++;
    if (id >= schedule.firstMeasured() && schedule.perSecond() > 0) {
      Histograms.record(latency, now - schedule.intended(id, start));
    }
  }
}
