package io.yapok.perf.internal.start;

import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.report.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The median start, and when a median start has reached each of its moments. */
final class StartReport {
  private final MeasureSettings settings;
  private final boolean launched;
  private final List<StartRun> plain;
  private final List<StartRun> traced;

  StartReport(MeasureSettings settings, boolean launched, List<StartRun> plain, List<StartRun> traced) {
    this.settings = settings;
    this.launched = launched;
    this.plain = List.copyOf(plain);
    this.traced = List.copyOf(traced);
  }

  Outcome outcome() {
    return new Outcome(text(), json(), true);
  }

  /** Milliseconds from the start of the process to each moment, in the order in which they come; moments that not every run had are left out. */
  Map<Mark, Double> moments() {
    Map<Mark, Double> moments = new LinkedHashMap<>();
    Arrays.stream(Mark.values())
        .filter(mark -> traced.stream().allMatch(run -> run.trace().orElseThrow().marks().containsKey(mark)))
        .sorted(Comparator.comparingDouble(this::moment))
        .forEach(mark -> moments.put(mark, moment(mark)));
    return moments;
  }

  private double moment(Mark mark) {
    return Spread.of(traced.stream().flatMapToDouble(run -> run.trace().stream().mapToDouble(trace -> (trace.marks().getOrDefault(mark, 0L) - run.startNanos()) / 1e6))).median();
  }

  private String text() {
    Spread total = of(plain, StartRun::millis);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: from the start of the process (%s) to the first result that a read_committed reader has; %d runs%s"
            .formatted(settings.workload().name(), launched ? "./yapok run" : "java ... run", plain.size(), options()));
    lines.add("%-36s%10.0f ms (%.0f to %.0f)".formatted("first scored record", total.median(), total.lowest(), total.highest()));
    lines.add("%-36s%10.0f ms".formatted("CPU time until then", of(plain, StartRun::cpuMillis).median()));
    lines.add("where it goes, in other runs that log each class they initialize (%.0f of them):".formatted(classes()));
    lines.add("%-36s%10s%12s".formatted("moment", "at ms", "took ms"));
    double before = 0;
    for (Map.Entry<Mark, Double> moment : moments().entrySet()) {
      lines.add("%-36s%10.0f%12.0f".formatted(moment.getKey().label(), moment.getValue(), moment.getValue() - before));
      before = moment.getValue();
    }
    double end = of(traced, StartRun::millis).median();
    lines.add("%-36s%10.0f%12.0f".formatted("first scored record", end, end - before));
    return String.join("\n", lines);
  }

  private Map<String, Object> json() {
    Spread total = of(plain, StartRun::millis);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "start");
    json.put("launcher", launched);
    json.put("jvm_options", settings.jvmOptions());
    json.put("runs", plain.size());
    json.put("start_ms", total.median());
    json.put("start_ms_lowest", total.lowest());
    json.put("start_ms_highest", total.highest());
    json.put("cpu_ms", of(plain, StartRun::cpuMillis).median());
    json.put("traced_start_ms", of(traced, StartRun::millis).median());
    json.put("classes", classes());
    Map<String, Object> moments = new LinkedHashMap<>();
    moments().forEach((mark, millis) -> moments.put(mark.label(), millis));
    json.put("moments_ms", moments);
    return json;
  }

  private double classes() {
    return Spread.of(traced.stream().flatMapToDouble(run -> run.trace().stream().mapToDouble(StartTrace::classes))).median();
  }

  private String options() {
    return settings.jvmOptions().isEmpty() ? "" : "; JVM options " + String.join(" ", settings.jvmOptions());
  }

  private static Spread of(List<StartRun> runs, ToDoubleFunction<StartRun> figure) {
    DoubleStream figures = runs.stream().mapToDouble(figure);
    return Spread.of(figures);
  }
}
