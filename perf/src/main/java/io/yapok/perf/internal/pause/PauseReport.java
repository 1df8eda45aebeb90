package io.yapok.perf.internal.pause;

import io.yapok.perf.internal.latency.Histograms;
import io.yapok.perf.internal.latency.LoadFigures;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pauses of the JVM under load beside the control's. */
record PauseReport(MeasureSettings settings, LoadFigures figures, Stops safepoints, Stops hiccups, Stops control, double seconds) {

  Outcome outcome() {
    return new Outcome(text(), json(), figures.isOnTime(settings.latenessBound()));
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: ms of standing still in %.0f s at %,d records/s, %s, JVM options %s"
            .formatted(
                settings.workload().name(),
                seconds,
                figures.load().perSecond(),
                settings.delivery().documentName(),
                settings.jvmOptions().isEmpty() ? "as shipped" : String.join(" ", settings.jvmOptions())));
    lines.add("%-44s%10s%10s%10s%10s%12s".formatted("", "count", "p50", "p99.9", "max", "total"));
    lines.add(line("yapok, all threads stopped by the JVM", safepoints));
    lines.add(line("yapok, a thread that sleeps 1 ms", hiccups));
    lines.add(line("control, a thread that sleeps 1 ms", control));
    lines.add("%-44s%20s%10.2f%10.2f%12.1f".formatted("yapok less the control", "", lessP999(), hiccups.maxMillis() - control.maxMillis(), hiccups.totalMillis() - control.totalMillis()));
    lines.add("%.2f CPU us/record, peak RSS %.0f MB%s".formatted(figures.cpuMicrosPerRecord(), figures.rssMegabytes(), late()));
    return String.join("\n", lines);
  }

  private String late() {
    return figures.isOnTime(settings.latenessBound()) ? "" : "; INVALID: the generator was late, so the load was not the one asked for";
  }

  private static String line(String name, Stops stops) {
    return "%-44s%10d%10.2f%10.2f%10.2f%12.1f"
        .formatted(
            name,
            stops.nanos().getTotalCount(),
            Histograms.millis(stops.nanos(), 50),
            stops.p999Millis(),
            stops.maxMillis(),
            stops.totalMillis());
  }

  private double lessP999() {
    return hiccups.p999Millis() - control.p999Millis();
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "pauses");
    json.put("jvm_options", settings.jvmOptions());
    json.put("rate", figures.load().perSecond());
    json.put("seconds", seconds);
    json.put("safepoints_ms", json(safepoints));
    json.put("hiccups_ms", json(hiccups));
    json.put("control_ms", json(control));
    json.put("p99.9_less_control_ms", lessP999());
    json.put("cpu_us_per_record", figures.cpuMicrosPerRecord());
    json.put("rss_mb", figures.rssMegabytes());
    json.put("valid", figures.isOnTime(settings.latenessBound()));
    return json;
  }

  private static Map<String, Object> json(Stops stops) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", stops.nanos().getTotalCount());
    json.put("p99.9", stops.p999Millis());
    json.put("max", stops.maxMillis());
    json.put("total", stops.totalMillis());
    return json;
  }
}
