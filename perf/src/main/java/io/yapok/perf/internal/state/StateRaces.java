package io.yapok.perf.internal.state;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RaceRunner;
import io.yapok.perf.internal.report.RaceReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One race a case, one after the other on one broker, each with a topic of its own. */
public final class StateRaces {
  private final List<StateCase> cases;
  private final List<Contestant> contestants;
  private final int counted;
  private final int runs;
  private final long commitIntervalMillis;
  private final String memory;
  private final Path directory;
  private final Consumer<String> progress;

  /**
   * The races of these cases.
   *
   * @param counted records that are counted or warm up, in each case
   * @param runs of each contestant in each case
   * @param memory of a Yapok's stores, as its document says it; empty for the default
   * @param directory an empty one, the caller's to delete
   * @param progress takes a line now and then
   */
  public StateRaces(
      List<StateCase> cases, List<Contestant> contestants, int counted, int runs, long commitIntervalMillis, String memory, Path directory, Consumer<String> progress) {
    this.cases = List.copyOf(cases);
    this.contestants = List.copyOf(contestants);
    this.counted = counted;
    this.runs = runs;
    this.commitIntervalMillis = commitIntervalMillis;
    this.memory = memory;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Runs them.
   *
   * @throws BenchException if a contestant fails, or answers otherwise than the others
   */
  public StateReport run() throws IOException, InterruptedException {
    List<StateReport.Entry> entries = new ArrayList<>();
    try (Arena arena = Arena.open(directory.resolve("kafka.log"))) {
      for (StateCase place : cases) {
        entries.add(run(arena, place));
      }
    }
    return new StateReport(entries);
  }

  private StateReport.Entry run(Arena arena, StateCase place) throws IOException, InterruptedException {
    StateWorkload workload = new StateWorkload(place, counted, memory);
    Race race = new Race(workload, contestants, workload.records(), runs, commitIntervalMillis, workload.warmUp());
    RaceRunner runner = new RaceRunner(race, Files.createDirectory(directory.resolve(place.toString())), progress);
    return new StateReport.Entry(place, new RaceReport(race, runner.run(arena)));
  }
}
