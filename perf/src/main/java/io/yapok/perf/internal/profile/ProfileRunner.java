package io.yapok.perf.internal.profile;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.ContestantJvm;
import io.yapok.perf.internal.measure.Drain;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.measure.SourceTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/**
 * Lets one contestant drain a topic under the JVM's flight recorder, which samples the processor time of its threads (JEP 509, Linux), and draws a flame graph of
 * what comes after warm-up. The collector and the compilers are not sampled.
 */
public final class ProfileRunner {
  private static final String EVENT = "jdk.CPUTimeSample";

  private final MeasureSettings settings;
  private final Contestant contestant;
  private final Path flameGraph;

  /**
   * A runner for one contestant.
   *
   * @param folder where the flame graph goes
   */
  public ProfileRunner(MeasureSettings settings, Contestant contestant, Path folder) {
    this.settings = settings;
    this.contestant = contestant;
    this.flameGraph = folder.resolve("%s-%s-flame.html".formatted(settings.workload().name(), contestant.label()));
  }

  /** Samples by part, and how many there were. */
  private record Shares(Map<Part, Integer> samples, int total) {
    double percent(Part part) {
      return 100.0 * samples.getOrDefault(part, 0) / Math.max(1, total);
    }
  }

  /** Measures, and says what came out, and where the flame graph is. */
  public Outcome run() throws IOException, InterruptedException {
    Path recording = settings.directory().resolve("profile.jfr");
    int records = settings.records().orElse(settings.workload().records());
    RunFigures figures;
    long warm;
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      String source = settings.workload().name();
      arena.createTopic(source);
      SourceTopic.fill(arena.bootstrapServers(), source, settings.workload().pool(), records);
      settings.progress().accept("draining %,d records".formatted(records));
      Path own = Files.createDirectory(settings.directory().resolve(contestant.label()));
      Assignment assignment = settings.assign(arena.bootstrapServers(), source, "profiled", own);
      arena.createTopic(assignment.sink());
      List<String> options = new ArrayList<>(settings.jvmOptions());
      // with settings=none JDK 25 takes no sample at all
      options.add("-XX:StartFlightRecording:settings=default," + EVENT + "#enabled=true," + EVENT + "#throttle=5ms,filename=" + recording);
      try (ChildJvm child = ContestantJvm.start(contestant, options, assignment, own.resolve("contestant.log"))) {
        Drain drain = new Drain(arena, child, assignment.group());
        figures = drain.run(records);
        warm = drain.warmSince();
      }
    }
    Shares shares = shares(recording, warm);
    if (shares.total() == 0) {
      throw new IOException("the flight recorder took no sample in " + recording + "; it samples processor time on Linux alone");
    }
    draw(recording, warm);
    return new Outcome(text(records, figures, shares), json(records, figures, shares), true);
  }

  private static Shares shares(Path recording, long warm) throws IOException {
    Map<Part, Integer> samples = new EnumMap<>(Part.class);
    int total = 0;
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals(EVENT) && event.getStackTrace() != null && !event.getStartTime().isBefore(Instant.ofEpochMilli(warm))) {
          samples.merge(Part.of(event.getStackTrace().getFrames()), 1, Integer::sum);
          total++;
        }
      }
    }
    return new Shares(samples, total);
  }

  private void draw(Path recording, long warm) throws IOException {
    String title = "%s, %s: processor time by thread".formatted(contestant.label(), settings.workload().name());
    JfrToFlame.convert(
        recording.toString(),
        flameGraph.toString(),
        new Arguments("--cpu-time", "--threads", "--norm", "--dot", "--from", Long.toString(warm), "--minwidth", "0.2", "--title", title));
  }

  private String text(int records, RunFigures figures, Shares shares) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: where %s's Java threads spend their processor time, %,d records, a commit every %d ms: %,.0f records/s, %.2f us a record with compilers and collector"
            .formatted(settings.workload().name(), contestant.label(), records, settings.commitIntervalMillis(), figures.recordsPerSecond(), figures.cpuMicrosPerRecord()));
    for (Part part : Part.values()) {
      lines.add("%-44s%8.1f %%".formatted(part.label(), shares.percent(part)));
    }
    lines.add("%,d samples; the flame graph is %s".formatted(shares.total(), flameGraph));
    return String.join("\n", lines);
  }

  private Map<String, Object> json(int records, RunFigures figures, Shares shares) {
    Map<String, Object> percent = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      percent.put(part.label(), shares.percent(part));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "profile");
    json.put("contestant", contestant.label());
    json.put("records", records);
    json.put("records_per_second", figures.recordsPerSecond());
    json.put("cpu_us_per_record", figures.cpuMicrosPerRecord());
    json.put("samples", shares.total());
    json.put("percent", percent);
    return json;
  }
}
