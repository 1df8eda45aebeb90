package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.workload.Answers;
import io.yapok.perf.internal.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Runs a race in a directory: a broker, the records, then each contestant by turns in a JVM of its own, whose answers are checked before they count. */
public final class RaceRunner {
  private final Race race;
  private final Path directory;
  private final Consumer<String> progress;
  private OptionalLong answers = OptionalLong.empty();

  /**
   * A runner for one race.
   *
   * @param directory an empty one, the caller's to delete
   * @param progress takes a line now and then
   */
  public RaceRunner(Race race, Path directory, Consumer<String> progress) {
    this.race = race;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Each contestant's figures, one a round.
   *
   * @throws BenchException if a contestant fails, or answers otherwise than the others
   */
  public Map<Contestant, List<RunFigures>> run() throws IOException, InterruptedException {
    try (Arena arena = Arena.open(directory.resolve("kafka.log"), race.workload())) {
      return run(arena);
    }
  }

  /** As {@link #run()}, on a broker that others use before and after. */
  public Map<Contestant, List<RunFigures>> run(Arena arena) throws IOException, InterruptedException {
    Map<Contestant, List<RunFigures>> figures = new EnumMap<>(Contestant.class);
    race.contestants().forEach(contestant -> figures.put(contestant, new ArrayList<>()));
    fill(arena);
    for (int round = 0; round < race.runs(); round++) {
      for (int place = 0; place < race.contestants().size(); place++) {
        Contestant contestant = race.at(round, place);
        figures.computeIfAbsent(contestant, key -> new ArrayList<>()).add(run(arena, contestant, round));
      }
    }
    arena.deleteTopic(race.workload().name());
    return figures;
  }

  /** Produces the records into the workload's topic; for who races several workloads in one arena. */
  public void fill(Arena arena) {
    String source = race.workload().name();
    progress.accept("producing %,d records of %s".formatted(race.records(), source));
    arena.createTopic(source);
    SourceTopic.fill(arena.bootstrapServers(), source, race.workload().pool(), race.records());
  }

  /**
   * One run, after {@link #fill}.
   *
   * @param round counted from 0, no two runs of a contestant with the same one
   */
  public RunFigures run(Arena arena, Contestant contestant, int round) throws IOException, InterruptedException {
    RunFigures figures = measure(arena, race.workload().name(), contestant, round);
    progress.accept("run %d of %d: %s %s %,.0f records/s".formatted(round + 1, race.runs(), race.workload().name(), contestant.label(), figures.recordsPerSecond()));
    return figures;
  }

  /** What all runs so far answered, as a sum over all records: equal for another race over as many if each record got the same answer. Empty before the first. */
  public OptionalLong answers() {
    return answers;
  }

  private RunFigures measure(Arena arena, String source, Contestant contestant, int round) throws IOException, InterruptedException {
    String name = "%s-%s-%d".formatted(source, contestant.label(), round + 1);
    Path own = Files.createDirectory(directory.resolve(name));
    Assignment assignment = new Assignment(arena.bootstrapServers(), source, name, name, race.workload().name(), own, race.commitIntervalMillis(), Delivery.EXACTLY_ONCE);
    write(race.workload(), assignment);
    Path log = directory.resolve(name + ".log");
    if (!contestant.usesKafka()) {
      try (ChildJvm child = ContestantJvm.start(contestant, List.of(), assignment, log)) {
        return new OwnFigures(child, log).await();
      }
    }
    arena.createTopic(assignment.sink());
    RunFigures figures;
    try (ChildJvm child = ContestantJvm.start(contestant, List.of(), assignment, log)) {
      figures = new Drain(arena, child, assignment.group()).run(race.records(), race.warmUp());
    }
    check(arena, contestant, assignment.sink());
    arena.deleteTopicsOf(assignment.sink());
    return figures;
  }

  private static void write(Workload workload, Assignment assignment) throws IOException {
    workload.writeModel(assignment.directory());
    Files.writeString(
        assignment.directory().resolve(Assignment.PIPELINE),
        workload.pipeline(assignment.source(), assignment.sink(), assignment.commitIntervalMillis()));
  }

  private void check(Arena arena, Contestant contestant, String sink) {
    Tally tally = new Tally(race.records());
    Answers read = race.workload().answers();
    SinkCheck.read(
        arena.bootstrapServers(),
        sink,
        result -> tally.add(read.id(result.key(), result.value()), contestant.scores() ? read.digest(result.value()) : 0));
    if (!tally.isComplete()) {
      throw new BenchException("the answers are not one a record: " + tally, contestant.label(), "its figures mean nothing; mend it");
    }
    if (contestant.scores()) {
      if (answers.isPresent() && answers.getAsLong() != tally.sum()) {
        throw new BenchException("the answers differ from another contestant's", contestant.label(), "the figures mean nothing; mend the one that is wrong");
      }
      answers = OptionalLong.of(tally.sum());
    }
  }
}
