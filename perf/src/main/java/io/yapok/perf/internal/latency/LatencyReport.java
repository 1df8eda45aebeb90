package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies of some runs, each beside how late its generator was. */
final class LatencyReport {
  private final MeasureSettings settings;
  private final List<LoadFigures> runs;
  private final Duration bound;

  LatencyReport(MeasureSettings settings, List<LoadFigures> runs) {
    this.settings = settings;
    this.runs = List.copyOf(runs);
    this.bound = settings.latenessBound();
  }

  Outcome outcome() {
    return new Outcome(text(), json(), runs.stream().allMatch(run -> run.isOnTime(bound)));
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: ms from each record's intended time to when a read_committed reader has its result; one thread, %s, a commit every %d ms"
            .formatted(settings.workload().name(), settings.delivery().documentName(), settings.commitIntervalMillis()));
    lines.add("%-20s%12s%9s%9s%9s%9s%9s%12s".formatted("contestant", "records/s", "p50", "p90", "p99", "p99.9", "max", "own p99"));
    for (LoadFigures run : runs) {
      lines.add("%-20s%,12d%s%12.2f".formatted(run.load().contestant().label(), run.load().perSecond(), percentiles(run.latency()), run.ownP99Millis()));
      lines.add("%-20s%12s%s%s".formatted("  generator late", "", percentiles(run.lateness()), run.isOnTime(bound) ? "" : "     INVALID"));
    }
    lines.add("own p99: less the generator's; a run is invalid if the generator's p99 is over %d ms".formatted(bound.toMillis()));
    return String.join("\n", lines);
  }

  private static String percentiles(Histogram histogram) {
    return "%9.2f%9.2f%9.2f%9.2f%9.2f"
        .formatted(
            Histograms.millis(histogram, 50),
            Histograms.millis(histogram, 90),
            Histograms.millis(histogram, 99),
            Histograms.millis(histogram, 99.9),
            Histograms.millis(histogram, 100));
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "latency");
    json.put("delivery", settings.delivery().documentName());
    json.put("commit_interval_ms", settings.commitIntervalMillis());
    json.put("jvm_options", settings.jvmOptions());
    json.put("lateness_bound_ms", bound.toMillis());
    json.put("runs", runs.stream().map(this::json).toList());
    return json;
  }

  private Map<String, Object> json(LoadFigures run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("contestant", run.load().contestant().label());
    json.put("rate", run.load().perSecond());
    json.put("warm_up_records", run.load().warmUp());
    json.put("records", run.load().measured());
    json.put("latency_ms", Histograms.json(run.latency()));
    json.put("generator_late_ms", Histograms.json(run.lateness()));
    json.put("own_p99_ms", run.ownP99Millis());
    json.put("cpu_us_per_record", run.cpuMicrosPerRecord());
    json.put("valid", run.isOnTime(bound));
    return json;
  }
}
