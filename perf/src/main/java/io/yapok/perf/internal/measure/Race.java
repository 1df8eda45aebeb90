package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.workload.Workload;
import java.util.List;

/**
 * What to measure.
 *
 * @param contestants each runs once a round, the order turning from round to round
 * @param records in the source topic, produced before anyone starts
 * @param runs rounds
 * @param commitIntervalMillis of all contestants alike
 * @param warmUp how many of the records are not counted, the first ones
 */
public record Race(Workload workload, List<Contestant> contestants, int records, int runs, long commitIntervalMillis, int warmUp) {
  public Race {
    contestants = List.copyOf(contestants);
    if (contestants.isEmpty() || warmUp < 0 || records < 1 + warmUp || runs < 1 || commitIntervalMillis < 1) {
      throw new IllegalArgumentException("a race has contestants, records, runs and a commit interval");
    }
  }

  /** A race whose first half is not counted. */
  public Race(Workload workload, List<Contestant> contestants, int records, int runs, long commitIntervalMillis) {
    this(workload, contestants, records, runs, commitIntervalMillis, records / Drain.WARM_UP_SHARE);
  }

  /** Who runs at a place in a round: each is first, second, ... equally often, so that nobody always meets the machine as the same one left it. */
  Contestant at(int round, int place) {
    return contestants.get((round + place) % contestants.size());
  }
}
