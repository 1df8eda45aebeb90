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
 */
public record Race(Workload workload, List<Contestant> contestants, int records, int runs, long commitIntervalMillis) {
  public Race {
    contestants = List.copyOf(contestants);
    if (contestants.isEmpty() || records < 1 || runs < 1 || commitIntervalMillis < 1) {
      throw new IllegalArgumentException("a race has contestants, records, runs and a commit interval");
    }
  }

  /** Who runs at a place in a round: each is first, second, ... equally often, so that nobody always meets the machine as the same one left it. */
  Contestant at(int round, int place) {
    return contestants.get((round + place) % contestants.size());
  }
}
