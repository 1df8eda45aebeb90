package io.yapok.perf.internal.start;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.ContestantJvm;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.Results;
import io.yapok.perf.internal.measure.SourceTopic;
import io.yapok.perf.internal.workload.RecordPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Starts {@code yapok run} again and again on a running broker whose source topic has records, each time as a new application. Totals come from JVMs that log
 * nothing; where the time goes comes from as many that log each class they initialize, which costs a little.
 */
public final class StartRunner {
  private static final int RECORDS = 2000;
  private static final int RUNS = 5;
  /** The first start may have to build, or to prepare later starts. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Duration GLANCE = Duration.ofMillis(100);

  private final MeasureSettings settings;

  public StartRunner(MeasureSettings settings) {
    this.settings = settings;
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    int runs = settings.runs().orElse(RUNS);
    List<StartRun> plain = new ArrayList<>();
    List<StartRun> traced = new ArrayList<>();
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      String source = settings.workload().name();
      arena.createTopic(source);
      SourceTopic.fill(arena.bootstrapServers(), source, settings.workload().pool(), settings.records().orElse(RECORDS));
      start(arena, "warm-up", false); // the first one finds the files on the disk
      for (int run = 1; run <= runs; run++) {
        plain.add(start(arena, "plain-" + run, false));
        traced.add(start(arena, "traced-" + run, true));
        settings.progress().accept("start %d of %d: %.0f ms".formatted(run, runs, plain.getLast().millis()));
      }
    }
    return new StartReport(settings, ContestantJvm.isLaunched(), plain, traced).outcome();
  }

  private StartRun start(Arena arena, String name, boolean isTraced) throws IOException, InterruptedException {
    String id = settings.workload().name() + "-" + name;
    Path own = Files.createDirectory(settings.directory().resolve(id));
    Assignment assignment = settings.assign(arena.bootstrapServers(), settings.workload().name(), id, own);
    arena.createTopic(assignment.sink());
    Path trace = own.resolve("classes.log");
    List<String> options = new ArrayList<>(settings.jvmOptions());
    if (isTraced) {
      options.add(StartTrace.option(trace));
    }
    try (Results results = new Results(arena.bootstrapServers(), id);
        ChildJvm child = ContestantJvm.start(Contestant.YAPOK, options, assignment, own.resolve("yapok.log"))) {
      long end = awaitFirst(results, child);
      double cpu = child.cpu().toNanos() / 1e6;
      Optional<StartTrace> read = isTraced ? Optional.of(StartTrace.read(trace)) : Optional.empty();
      return new StartRun((end - child.startNanos()) / 1e6, cpu, child.startNanos(), end, read);
    }
  }

  private static long awaitFirst(Results results, ChildJvm child) throws InterruptedException {
    while (System.nanoTime() - child.startNanos() < PATIENCE.toNanos()) {
      ConsumerRecords<byte[], byte[]> polled = results.poll(GLANCE);
      long now = System.nanoTime();
      for (ConsumerRecord<byte[], byte[]> result : polled) {
        if (RecordPool.id(result.key()) < 0) {
          throw child.failure("the first result has a key that no record had");
        }
        return now;
      }
      child.awaitWhileAlive(Duration.ZERO);
    }
    throw child.failure("there was no result after " + PATIENCE.toMinutes() + " minutes");
  }
}
