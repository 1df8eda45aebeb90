package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Sink;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineDocument.Tombstone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where records come from and where they go: {@code source}, {@code sink}, {@code rejects}. */
final class EndsReader {
  private final Words words;
  private final Lists lists;
  private final Names names;
  private final ProblemList problems;

  EndsReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.problems = problems;
  }

  @Nullable Source source(@Nullable Yaml value) {
    Entries source = Entries.of(value, "the source", Keys.SOURCE, problems).orElse(null);
    if (source == null) {
      return null;
    }
    Located<String> topic = topic(source);
    Format format = words.choice(source.get("format"), "the source's format", Format.class, Format.JSON);
    Located<String> key = names.path(words.text(source.get("key"), "the source's key"));
    Located<String> rows = names.path(words.text(source.get("rows"), "the source's rows"));
    Tombstone tombstone = words.choice(source.get("tombstone"), "tombstone", Tombstone.class, Tombstone.REJECT);
    List<DeclaredField> fields = fields(source.get("fields"));
    return topic == null ? null : new Source(topic, format, key, rows, tombstone, fields, source.where());
  }

  @Nullable Sink sink(@Nullable Yaml value) {
    Entries sink = Entries.of(value, "the sink", Keys.SINK, problems).orElse(null);
    if (sink == null) {
      return null;
    }
    Located<String> topic = topic(sink);
    Format format = words.choice(sink.get("format"), "the sink's format", Format.class, Format.JSON);
    Yaml condition = sink.get("only");
    Located<String> only = condition == null ? null : words.expression(condition, "the sink's only");
    return topic == null ? null : new Sink(topic, format, only, sink.where());
  }

  @Nullable Rejects rejects(@Nullable Yaml value) {
    if (value instanceof Yaml.Scalar scalar) {
      if (scalar.text().equals("fail")) {
        return new Rejects.Fail();
      }
      problems.add("rejects is " + scalar.kind(), scalar.where(), "write fail, or {topic: " + topicHint(scalar) + "} for a dead-letter topic");
      return null;
    }
    Entries rejects = Entries.of(value, "rejects", Keys.REJECTS, problems).orElse(null);
    Located<String> topic = rejects == null ? null : topic(rejects);
    return topic == null ? null : new Rejects.ToTopic(topic);
  }

  private static String topicHint(Yaml.Scalar scalar) {
    return scalar.text().isBlank() || scalar.isNothing() ? "..." : scalar.text();
  }

  private @Nullable Located<String> topic(Entries entries) {
    return names.topic(words.text(entries.require("topic", "the-topics-name"), "the topic"));
  }

  private List<DeclaredField> fields(@Nullable Yaml value) {
    List<DeclaredField> fields = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, "source.fields", "{amount: float32}")) {
      Located<String> path = names.path(new Located<>(entry.key(), entry.where()));
      DeclaredField field = path == null ? null : field(path, entry.value());
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private @Nullable DeclaredField field(Located<String> path, Yaml value) {
    return new FieldTypes(words, problems).field(path, value);
  }
}
