package io.yapok.perf.internal.state;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.report.BarChart;
import io.yapok.perf.internal.report.Environment;
import io.yapok.perf.internal.report.RaceReport;
import io.yapok.perf.internal.report.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All cases' figures. In JSON, {@code contestants} and {@code ratios} at the top are those of {@link #HEADLINE}, or of the first case where it was not run. */
public final class StateReport {
  private static final StateCase HEADLINE = new StateCase(5, 100_000, true);

  private final List<Entry> entries;

  /** One case's. */
  record Entry(StateCase place, RaceReport race) {}

  StateReport(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** The figures by name, for one JSON object. */
  public Map<String, Object> toMap() {
    Entry headline = entries.stream().filter(entry -> entry.place().equals(HEADLINE)).findFirst().orElse(entries.getFirst());
    Map<String, Object> map = new LinkedHashMap<>(headline.race().toMap());
    map.put("workload", "state");
    map.put("case", headline.place().toString());
    map.put("lowest_ratios", lowestRatios());
    Map<String, Object> cases = new LinkedHashMap<>();
    entries.forEach(entry -> cases.put(entry.place().toString(), toMap(entry)));
    map.put("cases", cases);
    map.put("runs", map.remove("runs"));
    return map;
  }

  private Map<String, Object> toMap(Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("features", entry.place().features());
    map.put("keys", entry.place().keys());
    map.put("hit", entry.place().hit());
    Map<String, Object> race = entry.race().toMap();
    map.put("records", race.get("records"));
    map.put("contestants", race.get("contestants"));
    map.put("ratios", race.get("ratios"));
    stateMegabytes(entry).ifPresent(megabytes -> map.put("yapok_rss_for_state_mb", Math.round(megabytes)));
    return map;
  }

  /** Of each other contestant, the worst case in which something is remembered. */
  private Map<String, Object> lowestRatios() {
    Map<String, Object> lowest = new TreeMap<>();
    entries.stream()
        .filter(entry -> entry.place().remembers())
        .forEach(entry -> entry.race().ratios().forEach((name, ratio) -> lowest.merge(name, ratio.median(), (before, now) -> Math.min((double) before, (double) now))));
    return lowest;
  }

  /** What Yapok holds more than where nothing is remembered: stores, their caches and whatever else of the heap and of libraries comes with them. Empty without such a case. */
  private Optional<Double> stateMegabytes(Entry entry) {
    Optional<Double> without = entries.stream().filter(each -> !each.place().remembers()).flatMap(each -> megabytes(each).stream()).findFirst();
    return entry.place().remembers() ? without.flatMap(base -> megabytes(entry).map(with -> with - base)) : Optional.empty();
  }

  private static Optional<Double> megabytes(Entry entry) {
    return entry.race().rssMegabytes(Contestant.YAPOK).map(Spread::median);
  }

  /** A table for a person. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        entry -> {
          lines.add("");
          lines.add(entry.race().toText());
          stateMegabytes(entry).ifPresent(megabytes -> lines.add(String.format(Locale.ROOT, "%-40s%,.0f", "yapok's MB over those without state", megabytes)));
        });
    return String.join("\n", lines).strip();
  }

  /** Records a second in each case as bars. */
  public BarChart toChart(Environment environment) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Entry entry : entries) {
      entry
          .race()
          .recordsPerSecond()
          .forEach((contestant, speed) -> bars.add(new BarChart.Bar(entry.place() + " " + contestant.label(), speed, contestant == Contestant.YAPOK)));
    }
    return new BarChart("state: features-keys-hit or miss", "records a second, exactly once (redis: at least once), one thread", environment.toText(), bars);
  }
}
