package io.yapok.schemas.internal.document;

import io.yapok.schemas.Where;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document's YAML as a tree whose every part knows its place. Parts that are aliased stand in it several times; it has no cycles. */
sealed interface Yaml {
  /** The part's first character; an aliased part's is where it was written. */
  Where where();

  /** How many parts this is when aliases are written out. */
  long size();

  /** A word. */
  record Scalar(String text, Type type, Where where) implements Yaml {
    @Override
    public long size() {
      return 1;
    }

    boolean isNumber() {
      return type == Type.WHOLE || type == Type.REAL;
    }
  }

  /** What YAML takes a word for: in quotes always text, without them what it looks like. */
  enum Type {
    TEXT,
    WHOLE,
    REAL,
    TRUTH,
    NOTHING
  }

  /** A mapping; no two entries have one key. */
  record Mapping(List<Entry> entries, Where where, long size) implements Yaml {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Nullable Yaml get(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry.value();
        }
      }
      return null;
    }
  }

  /** A key, its place and its value. */
  record Entry(String key, Where where, Yaml value) {}

  /** A list. */
  record Sequence(List<Yaml> elements, Where where, long size) implements Yaml {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** A part that was already reported: whoever reads it says nothing more. */
  record Refused(Where where) implements Yaml {
    @Override
    public long size() {
      return 1;
    }
  }
}
