package io.yapok.perf.internal.ladder;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.Drain;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.measure.SourceTopic;
import io.yapok.perf.internal.report.Spread;
import io.yapok.topology.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs every rung by turns, each in a JVM of its own and over the same records. */
public final class LadderRunner {
  private static final int RUNS = 3;
  private static final int MOST_RECORDS = 4_000_000;

  private final MeasureSettings settings;

  public LadderRunner(MeasureSettings settings) {
    this.settings = settings;
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    int runs = settings.runs().orElse(RUNS);
    int records = settings.records().orElse(Math.min(MOST_RECORDS, settings.workload().records()));
    Map<Rung, List<RunFigures>> figures = new EnumMap<>(Rung.class);
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      String source = settings.workload().name();
      arena.createTopic(source);
      SourceTopic.fill(arena.bootstrapServers(), source, settings.workload().pool(), records);
      for (int round = 1; round <= runs; round++) {
        for (Rung rung : Rung.values()) {
          RunFigures run = run(arena, rung, round, records);
          figures.computeIfAbsent(rung, key -> new ArrayList<>()).add(run);
          settings.progress().accept("run %d of %d: %s %,.0f records/s".formatted(round, runs, rung.label(), run.recordsPerSecond()));
        }
      }
    }
    return new LadderReport(settings, records, figures, offline()).outcome();
  }

  private Map<String, Spread> offline() throws IOException {
    Path own = Files.createDirectory(settings.directory().resolve("offline"));
    settings.assign("none", "source", "sink", own);
    addRule(own.resolve(Assignment.PIPELINE), settings.workload().output());
    try (Pipeline pipeline = Pipeline.load(own.resolve(Assignment.PIPELINE))) {
      return OfflineLadder.measure(settings.workload(), pipeline);
    }
  }

  private RunFigures run(Arena arena, Rung rung, int round, int records) throws IOException, InterruptedException {
    String name = "%s-%s-%d".formatted(settings.workload().name(), rung.name(), round);
    Path own = Files.createDirectory(settings.directory().resolve(name));
    Assignment assignment = settings.assign(arena.bootstrapServers(), settings.workload().name(), name, own);
    if (rung.has(Rung.VALIDATE)) {
      addRule(own.resolve(Assignment.PIPELINE), settings.workload().output());
    }
    arena.createTopic(name);
    List<String> command = rung == Rung.YAPOK ? Contestant.YAPOK.command(assignment) : RungLoop.command(rung, assignment);
    try (ChildJvm child = ChildJvm.start(settings.allJvmOptions(), command, own.resolve("rung.log"))) {
      return new Drain(arena, child, name).run(records);
    } finally {
      arena.deleteTopic(name);
    }
  }

  /** A rule over the model's output that every record keeps, as the last step. */
  static void addRule(Path document, String output) throws IOException {
    String text = Files.readString(document);
    int sink = text.indexOf("\nsink:") + 1;
    Files.writeString(document, text.substring(0, sink) + "  - validate: {sane: \"max(" + output + ") > -1.0e30\"}\n" + text.substring(sink));
  }
}
