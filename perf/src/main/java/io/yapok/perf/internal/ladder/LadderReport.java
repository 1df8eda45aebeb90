package io.yapok.perf.internal.ladder;

import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Each rung's figures, and what its stage costs: the difference to the rung before within each round, then the median over the rounds. */
record LadderReport(MeasureSettings settings, int records, Map<Rung, List<RunFigures>> figures, Map<String, Spread> offline) {

  Outcome outcome() {
    return new Outcome(text(), json(), true);
  }

  /** Processor time of the stage that a rung adds, in microseconds a record; of the first rung, all of it. */
  Spread cost(Rung rung) {
    List<RunFigures> with = runs(rung);
    if (rung == Rung.CLIENT) {
      return cpu(rung);
    }
    List<Rung> rungs = List.of(Rung.values());
    List<RunFigures> without = runs(rungs.get(rungs.indexOf(rung) - 1));
    return Spread.of(IntStream.range(0, with.size()).mapToDouble(round -> with.get(round).cpuMicrosPerRecord() - without.get(round).cpuMicrosPerRecord()));
  }

  private Spread cpu(Rung rung) {
    return Spread.of(runs(rung).stream().mapToDouble(RunFigures::cpuMicrosPerRecord));
  }

  private double throughput(Rung rung) {
    return Spread.of(runs(rung).stream().mapToDouble(RunFigures::recordsPerSecond)).median();
  }

  private List<RunFigures> runs(Rung rung) {
    return Objects.requireNonNull(figures.get(rung), rung.label());
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %,d records, one thread, exactly_once_v2, a commit every %d ms; medians of %d"
            .formatted(settings.workload().name(), records, settings.commitIntervalMillis(), runs(Rung.CLIENT).size()));
    lines.add("%-36s%14s%16s%30s".formatted("with all before it, and", "records/s", "CPU us/record", "this stage, CPU us/record"));
    for (Rung rung : Rung.values()) {
      Spread cost = cost(rung);
      String shown = "%.2f (%.2f to %.2f)".formatted(cost.median(), cost.lowest(), cost.highest());
      lines.add("%-36s%,14.0f%16.2f%30s".formatted(rung.label(), throughput(rung), cpu(rung).median(), shown));
    }
    lines.add("%-36s%30s".formatted("without Kafka, batches of 500", "ns/row"));
    offline.forEach((stage, nanos) -> lines.add("%-36s%30s".formatted(stage, "%.1f (%.1f to %.1f)".formatted(nanos.median(), nanos.lowest(), nanos.highest()))));
    return String.join("\n", lines);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "ladder");
    json.put("records", records);
    json.put("jvm_options", settings.jvmOptions());
    json.put("runs", runs(Rung.CLIENT).size());
    Map<String, Object> rungs = new LinkedHashMap<>();
    for (Rung rung : Rung.values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("records_per_second", throughput(rung));
      one.put("cpu_us_per_record", cpu(rung).median());
      one.put("stage_cpu_us_per_record", cost(rung).median());
      rungs.put(rung.name().toLowerCase(Locale.ROOT), one);
    }
    json.put("rungs", rungs);
    Map<String, Object> stages = new LinkedHashMap<>();
    offline.forEach((stage, nanos) -> stages.put(stage, nanos.median()));
    json.put("offline_ns_per_row", stages);
    return json;
  }
}
