package io.yapok.perf.internal.formats;

import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.report.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What {@link EndToEnd} measured.
 *
 * @param records of each format
 * @param runs of each format
 * @param figures one a run, by format
 */
public record EndToEndReport(int records, int runs, Map<String, List<RunFigures>> figures) {
  /** By name, for one JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> contestants = new LinkedHashMap<>();
    figures.forEach(
        (format, own) -> {
          Map<String, Object> map = new LinkedHashMap<>();
          Spread speed = spread(own, RunFigures::recordsPerSecond);
          map.put("records_per_second", Math.round(speed.median()));
          map.put("records_per_second_lowest", Math.round(speed.lowest()));
          map.put("records_per_second_highest", Math.round(speed.highest()));
          map.put("cpu_us_per_record", spread(own, RunFigures::cpuMicrosPerRecord).median());
          contestants.put(format, map);
        });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("records", records);
    all.put("contestants", contestants);
    all.put("runs", runs);
    return all;
  }

  /** As a table. */
  String toText() {
    StringBuilder text =
        new StringBuilder("From topic to topic, %,d records of each, exactly once, one thread, a logistic regression; medians of %d runs%n%n%-14s %14s %14s%n".formatted(records, runs, "", "records/s", "us a record"));
    figures.forEach(
        (format, own) ->
            text.append(String.format(Locale.ROOT, "%-14s %,14.0f %14.2f%n", format, spread(own, RunFigures::recordsPerSecond).median(), spread(own, RunFigures::cpuMicrosPerRecord).median())));
    return text.toString().stripTrailing();
  }

  private static Spread spread(List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
    return Spread.of(runs.stream().mapToDouble(figure));
  }
}
