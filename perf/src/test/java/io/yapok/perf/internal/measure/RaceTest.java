package io.yapok.perf.internal.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.workload.Workloads;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceTest {
  @Test
  void shouldPutEachContestantFirstOnceWhenThereAreAsManyRoundsAsContestants() {
    int count = Contestant.values().length;
    Race race = new Race(Workloads.named("lr64").orElseThrow(), List.of(Contestant.values()), 10, count, 10);
    assertThat(IntStream.range(0, count).mapToObj(round -> race.at(round, 0))).containsExactlyInAnyOrder(Contestant.values());
    assertThat(IntStream.range(0, count).mapToObj(place -> race.at(1, place))).containsExactlyInAnyOrder(Contestant.values());
  }
}
