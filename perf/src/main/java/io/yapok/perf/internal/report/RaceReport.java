package io.yapok.perf.internal.report;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RunFigures;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

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

  /** One JSON object on one line. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("workload", race.workload().name());
      json.writeNumberProperty("records", race.records());
      json.writeObjectPropertyStart("contestants");
      for (Contestant contestant : race.contestants()) {
        json.writeObjectPropertyStart(contestant.label());
        write(json, "records_per_second", 1, of(contestant, RunFigures::recordsPerSecond).median());
        write(json, "cpu_us_per_record", 1000, of(contestant, RunFigures::cpuMicrosPerRecord).median());
        write(json, "rss_mb", 1, of(contestant, RunFigures::rssMegabytes).median());
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeObjectPropertyStart("ratios");
      ratios().forEach((name, ratio) -> write(json, name, 1000, ratio.median()));
      json.writeEndObject();
      json.writeNumberProperty("runs", race.runs());
      json.writeEndObject();
    }
    return text.toString();
  }

  /** A table for a person. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s; %,d records on 4 partitions, one thread, exactly_once_v2, a commit every %d ms; medians (lowest to highest) of %d"
            .formatted(race.workload().name(), race.workload().description(), race.records(), race.commitIntervalMillis(), race.runs()));
    lines.add("%-24s%32s%16s%14s".formatted("contestant", "records/s", "CPU us/record", "peak RSS MB"));
    for (Contestant contestant : race.contestants()) {
      Spread speed = of(contestant, RunFigures::recordsPerSecond);
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s%32s%16.2f%14.0f",
              contestant.label(),
              String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", speed.median(), speed.lowest(), speed.highest()),
              of(contestant, RunFigures::cpuMicrosPerRecord).median(),
              of(contestant, RunFigures::rssMegabytes).median()));
    }
    ratios().forEach((name, ratio) -> lines.add(String.format(Locale.ROOT, "%-40s%.2f (%.2f to %.2f)", name, ratio.median(), ratio.lowest(), ratio.highest())));
    return String.join("\n", lines);
  }

  /** Yapok's throughput over everyone else's. */
  private Map<String, Spread> ratios() {
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

  /** Rounded to one part in {@code parts}; what could not be measured is null. */
  private static void write(JsonGenerator json, String name, double parts, double value) {
    if (Double.isNaN(value)) {
      json.writeNullProperty(name);
    } else if (parts == 1) {
      json.writeNumberProperty(name, Math.round(value));
    } else {
      json.writeNumberProperty(name, Math.round(value * parts) / parts);
    }
  }
}
