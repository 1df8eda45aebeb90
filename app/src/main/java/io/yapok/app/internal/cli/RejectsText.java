package io.yapok.app.internal.cli;

import io.yapok.app.internal.rejects.RejectGroup;
import io.yapok.schemas.PipelineDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups of rejects for people and for programs. */
final class RejectsText {
  private static final String ROW = "%10s %10s  %-18s %-14s %-24s %-12s %s";

  private RejectsText() {}

  static long count(List<RejectGroup> groups) {
    return groups.stream().mapToLong(RejectGroup::count).sum();
  }

  static long replayed(List<RejectGroup> groups) {
    return groups.stream().mapToLong(RejectGroup::replayed).sum();
  }

  /** A table, its headings first; nothing if there is nothing. */
  static List<String> lines(List<RejectGroup> groups) {
    List<String> lines = new ArrayList<>();
    if (!groups.isEmpty()) {
      lines.add(ROW.formatted("count", "replayed", "reason", "step", "field", "last one", "what was wrong with it"));
    }
    for (RejectGroup group : groups) {
      lines.add(
          String.format(
              Locale.ROOT,
              ROW,
              "%,d".formatted(group.count()),
              "%,d".formatted(group.replayed()),
              plain(group.kind().reason()),
              plain(group.kind().step()),
              plain(group.kind().field()),
              group.sample().place(),
              plain(group.sample().message())));
    }
    return lines;
  }

  static Map<String, Object> json(PipelineDocument document, List<RejectGroup> groups) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", document.name().value());
    json.put("rejected", count(groups));
    json.put("replayed", replayed(groups));
    json.put("groups", groups.stream().map(RejectsText::json).toList());
    return json;
  }

  private static Map<String, Object> json(RejectGroup group) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", group.kind().reason());
    json.put("step", group.kind().step());
    json.put("field", group.kind().field());
    json.put("count", group.count());
    json.put("replayed", group.replayed());
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("record", group.sample().place().toString());
    sample.put("time", Instant.ofEpochMilli(group.sample().timestamp()).toString());
    sample.put("message", group.sample().message());
    json.put("sample", sample);
    return json;
  }

  /** Text from outside for a terminal: what could move its cursor or change its colours is shown as an escape. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? "\\u%04x".formatted(c) : Character.toString(c)));
    return plain.toString();
  }
}
