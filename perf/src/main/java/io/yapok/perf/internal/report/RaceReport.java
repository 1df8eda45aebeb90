package io.yapok.perf.internal.report;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RunFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A race's outcome: medians over the runs, and ratios formed within each round first, since a machine's speed changes from minute to minute. */
public final class RaceReport {
  private final Race race;
  private final Map<Contestant, List<RunFigures>> figures;

  /**
   * A report.
   *
   * @param figures one entry a round for each of the race's contestants
   */
  public RaceReport(Race race, Map<Contestant, List<RunFigures>> figures) {
    this.race = race;
    this.figures = Map.copyOf(figures);
  }

  /** The figures by name, for {@link JsonLine}: medians, and of ratios nothing else. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("workload", race.workload().name());
    map.put("records", race.records());
    map.put("commit_interval_ms", race.commitIntervalMillis());
    Map<String, Object> contestants = new LinkedHashMap<>();
    race.contestants().forEach(contestant -> contestants.put(contestant.label(), contestant(contestant)));
    map.put("contestants", contestants);
    Map<String, Object> medians = new LinkedHashMap<>();
    ratios().forEach((name, ratio) -> medians.put(name, ratio.median()));
    map.put("ratios", medians);
    map.put("runs", race.runs());
    return map;
  }

  private Map<String, Object> contestant(Contestant contestant) {
    Map<String, Object> map = new LinkedHashMap<>();
    Spread speed = of(contestant, RunFigures::recordsPerSecond);
    map.put("records_per_second", Math.round(speed.median()));
    map.put("records_per_second_lowest", Math.round(speed.lowest()));
    map.put("records_per_second_highest", Math.round(speed.highest()));
    map.put("cpu_us_per_record", of(contestant, RunFigures::cpuMicrosPerRecord).median());
    double rss = of(contestant, RunFigures::rssMegabytes).median();
    map.put("rss_mb", Double.isNaN(rss) ? rss : Math.round(rss));
    if (isRanked(contestant)) {
      map.put("predictions_per_second", Math.round(speed.median() * race.workload().rowsPerRecord()));
      map.put("predictions_per_second_per_core", Math.round(predictionsPerCore(contestant).median()));
    }
    return map;
  }

  private boolean isRanked(Contestant contestant) {
    return race.workload().rowsPerRecord() > 1 && contestant.scores();
  }

  /** Rows a second of processor time: of one core that does nothing else, the process's garbage collector and compiler included. */
  private Spread predictionsPerCore(Contestant contestant) {
    return of(contestant, run -> race.workload().rowsPerRecord() / run.cpuMicrosPerRecord() * 1e6);
  }

  /** Records a second as bars. */
  public BarChart toChart(Environment environment) {
    List<BarChart.Bar> bars =
        race.contestants().stream()
            .map(contestant -> new BarChart.Bar(contestant.label(), of(contestant, RunFigures::recordsPerSecond), contestant == Contestant.YAPOK))
            .toList();
    return new BarChart(race.workload().name() + ": " + race.workload().description(), "records a second, exactly once, one thread", environment.toText(), bars);
  }

  /** A table for a person. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s; %,d records on 4 partitions, one thread, exactly_once_v2, a commit every %d ms; medians (lowest to highest) of %d"
            .formatted(race.workload().name(), race.workload().description(), race.records(), race.commitIntervalMillis(), race.runs()));
    lines.add("%-24s%32s%16s%14s".formatted("contestant", "records/s", "CPU us/record", "peak RSS MB"));
    for (Contestant contestant : race.contestants()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s%32s%16.2f%14.0f",
              contestant.label(),
              shown(of(contestant, RunFigures::recordsPerSecond), "%,.0f"),
              of(contestant, RunFigures::cpuMicrosPerRecord).median(),
              of(contestant, RunFigures::rssMegabytes).median()));
      if (isRanked(contestant)) {
        lines.add("%-24s%32s predictions a second and core".formatted("", shown(predictionsPerCore(contestant), "%,.0f")));
      }
    }
    ratios().forEach((name, ratio) -> lines.add("%-40s%s".formatted(name, shown(ratio, "%.2f"))));
    return String.join("\n", lines);
  }

  /** By contestant, in the race's order. */
  public Map<Contestant, Spread> recordsPerSecond() {
    Map<Contestant, Spread> speeds = new LinkedHashMap<>();
    race.contestants().forEach(contestant -> speeds.put(contestant, of(contestant, RunFigures::recordsPerSecond)));
    return speeds;
  }

  /** What a contestant held at most, in 10^6 bytes; empty if it did not run, or the system does not say. */
  public Optional<Spread> rssMegabytes(Contestant contestant) {
    return race.contestants().contains(contestant) ? Optional.of(of(contestant, RunFigures::rssMegabytes)).filter(spread -> !Double.isNaN(spread.median())) : Optional.empty();
  }

  private static String shown(Spread spread, String format) {
    return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", spread.median(), spread.lowest(), spread.highest());
  }

  /** Yapok's throughput over everyone else's. */
  public Map<String, Spread> ratios() {
    Map<String, Spread> ratios = new LinkedHashMap<>();
    if (race.contestants().contains(Contestant.YAPOK)) {
      for (Contestant other : race.contestants()) {
        if (other != Contestant.YAPOK) {
          ratios.put(Contestant.YAPOK.label() + "/" + other.label(), ratio(runs(Contestant.YAPOK), runs(other)));
        }
      }
    }
    return ratios;
  }

  private Spread ratio(List<RunFigures> ours, List<RunFigures> theirs) {
    return Spread.of(IntStream.range(0, race.runs()).mapToDouble(round -> ours.get(round).recordsPerSecond() / theirs.get(round).recordsPerSecond()));
  }

  private Spread of(Contestant contestant, ToDoubleFunction<RunFigures> figure) {
    return Spread.of(runs(contestant).stream().mapToDouble(figure));
  }

  private List<RunFigures> runs(Contestant contestant) {
    return Objects.requireNonNull(figures.get(contestant), contestant.label());
  }
}
