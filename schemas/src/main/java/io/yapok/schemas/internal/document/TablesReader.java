package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.PipelineTable.AsOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what records are joined with: {@code tables}. */
final class TablesReader {
  private static final List<String> FORMATS = List.of(Format.JSON.label(), Format.AVRO.label());

  private final Words words;
  private final Lists lists;
  private final Names names;
  private final ProblemList problems;

  TablesReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.problems = problems;
  }

  List<PipelineTable> tables(@Nullable Yaml value) {
    List<PipelineTable> tables = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, "tables", "{users: {topic: users, fields: {age: float32}}}")) {
      Located<String> name = names.identifier(new Located<>(entry.key(), entry.where()), "a table's name");
      PipelineTable table = Entries.of(entry.value(), "the table", Keys.TABLE, problems).map(entries -> table(name, entries)).orElse(null);
      if (table != null) {
        tables.add(table);
      }
    }
    return tables;
  }

  private @Nullable PipelineTable table(@Nullable Located<String> name, Entries entries) {
    Located<String> topic = names.topic(words.text(entries.require("topic", "the-topics-name"), "the topic"));
    Located<String> format = words.choice(entries.get("format"), "the table's format", FORMATS);
    Located<String> by = names.path(words.text(entries.get("by"), "by"));
    boolean global = words.truth(entries.get("global"), "global", false);
    AsOf asOf = words.choice(entries.get("as_of"), "as_of", AsOf.class, AsOf.LATEST);
    Duration history = history(entries, asOf);
    List<DeclaredField> fields = fields(entries);
    boolean fits = fits(entries, by, global, asOf);
    if (name == null || topic == null || fields.isEmpty() || !fits) {
      return null;
    }
    return new PipelineTable(name, topic, format == null ? Format.JSON : Format.valueOf(format.value().toUpperCase(Locale.ROOT)), by, global, asOf, history, fields, entries.where());
  }

  private Duration history(Entries entries, AsOf asOf) {
    Duration history = new Quantities(words).span(entries.get("history"), "history");
    if (history != null && asOf == AsOf.LATEST) {
      problems.add("history is kept for as_of: record only", Objects.requireNonNull(entries.get("history")).where(), "remove it, or write as_of: record");
    }
    return history == null ? PipelineTable.DEFAULT_HISTORY : history;
  }

  private boolean fits(Entries entries, @Nullable Located<String> by, boolean global, AsOf asOf) {
    if (by != null && !global) {
      problems.add("the table is partitioned as the source is, so that records meet the row of their own key", by.where(), "remove by, or write global: true");
    }
    if (global && asOf == AsOf.RECORD) {
      problems.add("a global table has the newest rows only", Objects.requireNonNull(entries.get("as_of")).where(), "write as_of: latest, or remove global");
    }
    return (by == null || global) && !(global && asOf == AsOf.RECORD);
  }

  private List<DeclaredField> fields(Entries entries) {
    List<DeclaredField> fields = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(entries.require("fields", "{age: float32}"), "the table's fields", "{age: float32}")) {
      Located<String> path = names.path(new Located<>(entry.key(), entry.where()));
      DeclaredField field = path == null ? null : new FieldTypes(words, problems).field(path, entry.value());
      if (field != null && !field.shape().isFixed()) {
        problems.add("the field has the shape " + field.shape() + ", and a table's fields are of fixed sizes", entry.value().where(), "write numbers in place of \"?\"");
      } else if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  /** Reports topics that cannot be a table's: those that the pipeline scores or writes to, and those of another table, but for global ones with keys of their own. */
  void checkTopics(List<PipelineTable> tables, @Nullable Located<String> source, @Nullable Located<String> sink, @Nullable Located<String> rejects) {
    List<PipelineTable> seen = new ArrayList<>();
    for (PipelineTable table : tables) {
      Located<String> topic = table.topic();
      if (is(topic, source)) {
        problems.add("the table's topic is the source: its records would be rows and not scored", topic.where(), "name another topic");
      } else if (is(topic, sink) || is(topic, rejects)) {
        problems.add("the table's topic is one that the pipeline writes to", topic.where(), "name another topic");
      } else if (seen.stream().anyMatch(other -> is(topic, other.topic()) && !shareable(table, other))) {
        problems.add("two tables have the topic \"" + topic + "\"", topic.where(), "list the fields under one of them; only global tables of one format share a topic, each with its by");
      }
      seen.add(table);
    }
  }

  private static boolean shareable(PipelineTable one, PipelineTable other) {
    return one.global() && other.global() && one.format() == other.format();
  }

  private static boolean is(Located<String> topic, @Nullable Located<String> other) {
    return other != null && other.value().equals(topic.value());
  }
}
