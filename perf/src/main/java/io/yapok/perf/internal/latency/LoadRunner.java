package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.ContestantJvm;
import io.yapok.perf.internal.measure.JvmOptions;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Puts a contestant under load: a generator in a JVM of its own, the contestant in another, and this thread as the read_committed reader. The reader blocks in
 * {@code poll} until the broker answers; it does not spin, and waits for no second byte.
 */
public final class LoadRunner {
  /** Time between the order to start and the first record's intended time. */
  private static final long LEAD_NANOS = 200_000_000;

  private static final Duration GENERATOR_ENDS = Duration.ofSeconds(60);

  private final MeasureSettings settings;
  private final Arena arena;

  public LoadRunner(MeasureSettings settings, Arena arena) {
    this.settings = settings;
    this.arena = arena;
  }

  /**
   * Runs it, and returns when every record has its result.
   *
   * @param jvmOptions of the contestant's JVM, over those that Yapok ships
   */
  public LoadFigures run(Load load, List<String> jvmOptions, Load.Observer observer) throws IOException, InterruptedException {
    Path own = Files.createDirectory(settings.directory().resolve(load.name()));
    String source = load.name() + "-source";
    arena.createTopic(source);
    String sink = load.contestant() == Contestant.KAFKA_ONLY ? source : load.name();
    if (!sink.equals(source)) {
      arena.createTopic(sink);
    }
    Assignment assignment = settings.assign(arena.bootstrapServers(), source, sink, own);
    Schedule schedule = new Schedule(load.sentAhead(), load.warmUp(), load.measured(), load.perSecond());
    Path lateness = own.resolve("lateness.hdr");
    List<String> generating = Generator.command(arena.bootstrapServers(), source, settings.workload().name(), schedule, lateness);
    LoadFigures figures;
    try (Results results = new Results(arena.bootstrapServers(), sink);
        ChildJvm child = ContestantJvm.start(load.contestant(), jvmOptions, assignment, own.resolve("contestant.log"));
        ChildJvm generator = ChildJvm.start(JvmOptions.quick(), generating, own.resolve("generator.log"))) {
      Reading reading = new Reading(schedule, results, child);
      reading.await(schedule.first());
      long start = System.nanoTime() + LEAD_NANOS;
      reading.startsAt(start);
      generator.tell(Long.toString(start));
      figures = measure(load, reading, schedule, child, observer, generator, lateness);
    }
    arena.deleteTopic(source);
    if (!sink.equals(source)) {
      arena.deleteTopic(sink);
    }
    return figures;
  }

  private static LoadFigures measure(
      Load load, Reading reading, Schedule schedule, ChildJvm child, Load.Observer observer, ChildJvm generator, Path lateness)
      throws IOException, InterruptedException {
    Reading.Moment begin = reading.await(schedule.firstMeasured());
    Duration cpu = child.cpu();
    observer.measuring(child);
    Reading.Moment end = reading.await(schedule.end());
    cpu = child.cpu().minus(cpu);
    observer.measured(child);
    generator.awaitEnd(GENERATOR_ENDS);
    Histogram late = Histograms.read(lateness);
    int measured = Math.max(1, end.results() - begin.results());
    return new LoadFigures(
        load, reading.latency(), late, measured * 1e9 / (end.nanos() - begin.nanos()), cpu.toNanos() / 1e3 / measured, child.peakResidentBytes() / 1e6);
  }
}
