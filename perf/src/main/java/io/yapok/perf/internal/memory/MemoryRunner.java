package io.yapok.perf.internal.memory;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.latency.LatencyRunner;
import io.yapok.perf.internal.latency.Load;
import io.yapok.perf.internal.latency.LoadFigures;
import io.yapok.perf.internal.latency.LoadRunner;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** Peak resident memory of Yapok while it drains a full topic as fast as it can, and while records come at a rate. */
public final class MemoryRunner {
  private static final long RATE = 50_000;

  private final MeasureSettings settings;

  public MemoryRunner(MeasureSettings settings) {
    this.settings = settings;
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      RunFigures drained = drain(arena);
      settings.progress().accept("drained: %.0f MB".formatted(drained.rssMegabytes()));
      long rate = settings.rate().orElse(Math.min(RATE, Math.max(1, Math.round(drained.recordsPerSecond() / 2))));
      Load load = LatencyRunner.load(settings, Contestant.YAPOK, Arena.PARTITIONS, rate, "yapok-at-a-rate"); // never faster than the rate, not even to warm up
      LoadFigures loaded = new LoadRunner(settings, arena).run(load, settings.jvmOptions(), Load.Observer.NONE);
      return new Outcome(text(drained, loaded), json(drained, loaded), loaded.isOnTime(settings.latenessBound()));
    }
  }

  private RunFigures drain(Arena arena) throws IOException, InterruptedException {
    int records = settings.records().orElse(settings.workload().records());
    String source = settings.workload().name();
    String name = "yapok-drain";
    arena.createTopic(source);
    SourceTopic.fill(arena.bootstrapServers(), source, settings.workload().pool(), records);
    Path own = Files.createDirectory(settings.directory().resolve(name));
    arena.createTopic(name);
    Assignment assignment = settings.assign(arena.bootstrapServers(), source, name, own);
    try (ChildJvm child = ContestantJvm.start(Contestant.YAPOK, settings.jvmOptions(), assignment, own.resolve("contestant.log"))) {
      return new Drain(arena, child, name).run(records);
    } finally {
      arena.deleteTopic(source);
      arena.deleteTopic(name);
    }
  }

  private String text(RunFigures drained, LoadFigures loaded) {
    return String.join(
        "\n",
        "%s: peak resident memory of one instance, JVM options %s"
            .formatted(settings.workload().name(), settings.jvmOptions().isEmpty() ? "as shipped" : String.join(" ", settings.jvmOptions())),
        "%-36s%14s%12s".formatted("", "records/s", "peak MB"),
        "%-36s%,14.0f%12.0f".formatted("draining, as fast as it can", drained.recordsPerSecond(), drained.rssMegabytes()),
        "%-36s%,14.0f%12.0f%s"
            .formatted(
                "at %,d records/s".formatted(loaded.load().perSecond()),
                loaded.recordsPerSecond(),
                loaded.rssMegabytes(),
                loaded.isOnTime(settings.latenessBound()) ? "" : "  INVALID: the generator was late"));
  }

  private Map<String, Object> json(RunFigures drained, LoadFigures loaded) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "memory");
    json.put("jvm_options", settings.jvmOptions());
    json.put("drain_records_per_second", drained.recordsPerSecond());
    json.put("drain_rss_mb", drained.rssMegabytes());
    json.put("rate", loaded.load().perSecond());
    json.put("rate_records_per_second", loaded.recordsPerSecond());
    json.put("rate_rss_mb", loaded.rssMegabytes());
    json.put("valid", loaded.isOnTime(settings.latenessBound()));
    return json;
  }
}
