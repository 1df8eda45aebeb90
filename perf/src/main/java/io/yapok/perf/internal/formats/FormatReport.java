package io.yapok.perf.internal.formats;

import io.yapok.perf.internal.formats.FormatRace.Stretch;
import io.yapok.perf.internal.report.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a {@link FormatRace} measured. Ratios are of records a second, formed within each round, then the median. */
public final class FormatReport {
  private static final List<List<String>> COMPARED = List.of(List.of("json", "json-tree"), List.of("json", "json-streaming"), List.of("avro", "avro-generic"), List.of("oip-binary", "tensor"));

  private final int rounds;
  private final Map<String, List<Stretch>> stretches;
  private final @Nullable EndToEndReport endToEnd;

  FormatReport(int rounds, Map<String, List<Stretch>> stretches) {
    this(rounds, stretches, null);
  }

  private FormatReport(int rounds, Map<String, List<Stretch>> stretches, @Nullable EndToEndReport endToEnd) {
    this.rounds = rounds;
    this.stretches = stretches;
    this.endToEnd = endToEnd;
  }

  /** This report with what whole pipelines came to beside it. */
  public FormatReport with(EndToEndReport pipelines) {
    return new FormatReport(rounds, stretches, pipelines);
  }

  /** By name, for one JSON object. */
  public Map<String, Object> toMap() {
    Map<String, Object> contestants = new LinkedHashMap<>();
    stretches.forEach(
        (name, own) -> {
          Map<String, Object> figures = new LinkedHashMap<>();
          Spread records = FormatRace.spread(own, Stretch::recordsPerSecond);
          figures.put("records_per_second", Math.round(records.median()));
          figures.put("records_per_second_lowest", Math.round(records.lowest()));
          figures.put("records_per_second_highest", Math.round(records.highest()));
          figures.put("cpu_us_per_record", FormatRace.spread(own, Stretch::cpuMicrosPerRecord).median());
          contestants.put(name, figures);
        });
    Map<String, Object> ratios = new LinkedHashMap<>();
    COMPARED.forEach(pair -> ratios.put(String.join("/", pair), ratio(pair).median()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("workload", "formats");
    all.put("stage", "decode");
    all.put("floats_per_record", EncodedRecords.WIDTH);
    all.put("contestants", contestants);
    all.put("ratios", ratios);
    if (endToEnd != null) {
      all.put("end_to_end", endToEnd.toMap());
    }
    all.put("runs", rounds);
    return all;
  }

  private Spread ratio(List<String> pair) {
    List<Stretch> one = stretches.getOrDefault(pair.getFirst(), List.of());
    List<Stretch> other = stretches.getOrDefault(pair.getLast(), List.of());
    return Spread.of(IntStream.range(0, one.size()).mapToDouble(i -> one.get(i).recordsPerSecond() / other.get(i).recordsPerSecond()));
  }

  /** As a table. */
  public String toText() {
    StringBuilder text = new StringBuilder("Decoding %d floats a record on one thread, medians of %d rounds\n\n%-14s %14s %14s\n".formatted(EncodedRecords.WIDTH, rounds, "", "records/s", "us a record"));
    stretches.forEach(
        (name, own) ->
            text.append("%-14s %,14.0f %14.3f%n".formatted(name, FormatRace.spread(own, Stretch::recordsPerSecond).median(), FormatRace.spread(own, Stretch::cpuMicrosPerRecord).median())));
    text.append('\n');
    COMPARED.forEach(
        pair -> {
          Spread ratio = ratio(pair);
          text.append("%-24s %6.2f times as many records/s (%.2f to %.2f)%n".formatted(String.join(" / ", pair), ratio.median(), ratio.lowest(), ratio.highest()));
        });
    if (endToEnd != null) {
      text.append('\n').append(endToEnd.toText());
    }
    return text.toString().stripTrailing();
  }
}
