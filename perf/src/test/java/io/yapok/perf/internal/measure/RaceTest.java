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
    Race race = new Race(Workloads.named("lr64").orElseThrow(), List.of(Contestant.values()), 10, 3, 10);
    assertThat(IntStream.range(0, 3).mapToObj(round -> race.at(round, 0))).containsExactlyInAnyOrder(Contestant.values());
    assertThat(IntStream.range(0, 3).mapToObj(place -> race.at(1, place))).containsExactlyInAnyOrder(Contestant.values());
  }
}
