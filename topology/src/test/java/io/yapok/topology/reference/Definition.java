package io.yapok.topology.reference;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that shows in its results what it remembers. Its one step rejects records whose field {@code d} is 0.
 *
 * @param name also the source's topic; the sink is {@code NAME-out} and the dead-letter topic {@code NAME-bad}
 * @param ttl in milliseconds; 0 for none
 * @param rows whether a record holds an array of rows, {@code items}
 * @param tombstones whether a null value passes, and ends what is remembered of its key
 */
record Definition(String name, List<Feature> features, List<Sequence> sequences, Late late, long ttl, @Nullable Dedupe dedupe, boolean rows, boolean tombstones) {
  enum Late {
    DROP, OWN_WINDOW, NEWEST_WINDOW
  }

  /**
   * {@code state.dedupe}.
   *
   * @param by the field; null for the whole record
   * @param within in milliseconds
   */
  record Dedupe(@Nullable String by, long within, int keep) {
    String yaml() {
      return "{%swithin: %s%s}".formatted(by == null ? "" : "by: " + by + ", ", Feature.duration(within), keep == 100 ? "" : ", keep: " + keep);
    }
  }

  /** The names of all that is shown. */
  List<String> names() {
    return Stream.concat(features.stream().map(Feature::name), sequences.stream().map(Sequence::name)).toList();
  }

  /** Another pipeline: what is shown before a record this shows after it, and the other way round. So references can be wrong on purpose. */
  Definition turned() {
    return new Definition(name, features.stream().map(Feature::turned).toList(), sequences.stream().map(Sequence::turned).toList(), late, ttl, dedupe, rows, tombstones);
  }

  /** The document. */
  String yaml() {
    return """
        name: %1$s
        source:
          topic: %1$s
        %2$s  fields: {x: float64, n: int64, y: {type: float32, default: 1.5}, w: text, d: int64}
        state:
        %3$ssteps:
          - transform:
              check: 100 / input.d
              echo: input.x
        %4$ssink: {topic: %1$s-out}
        rejects: {topic: %1$s-bad}
        exclude: ['*']
        """
        .formatted(name, source(), state(), names().stream().map(each -> "      " + each + ": state." + each + "\n").collect(joining()));
  }

  private String source() {
    return (rows ? "  rows: items\n" : "") + (tombstones ? "  tombstone: pass\n" : "");
  }

  private String state() {
    return (late == Late.OWN_WINDOW ? "" : "  late: " + late.name().toLowerCase(Locale.ROOT) + "\n")
        + (ttl == 0 ? "" : "  ttl: " + Feature.duration(ttl) + "\n")
        + (dedupe == null ? "" : "  dedupe: " + dedupe.yaml() + "\n")
        + section("features", features.stream().map(Feature::yaml).toList())
        + section("sequence", sequences.stream().map(Sequence::yaml).toList());
  }

  private static String section(String name, List<String> entries) {
    return entries.isEmpty() ? "" : "  " + name + ":\n" + entries.stream().map(entry -> "    " + entry + "\n").collect(joining());
  }
}
