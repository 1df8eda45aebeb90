package io.yapok.schemas.internal.document;

import io.yapok.schemas.Where;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A document's YAML as a tree whose every part knows its place. Parts that are aliased stand in it several times; it has no cycles. */
sealed interface Yaml {
  /** The part's first character; an aliased part's is where it was written. */
  Where where();

  /** How many parts this is when aliases are written out. */
  long size();

  /** What it is, for messages. */
  String kind();

  /** A word. */
  record Scalar(String text, Type type, Where where) implements Yaml {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public String kind() {
      return switch (type) {
        case NOTHING -> "empty";
        case TEXT -> "the text \"" + text + "\"";
        case WHOLE, REAL -> "the number " + text;
        case TRUTH -> text;
      };
    }

    boolean isNothing() {
      return type == Type.NOTHING;
    }

    boolean isNumber() {
      return type == Type.WHOLE || type == Type.REAL;
    }

    boolean isTrue() {
      return text.toLowerCase(Locale.ROOT).equals("true");
    }

    /** The value of a whole number. */
    BigInteger whole() {
      String digits = text.startsWith("+") ? text.substring(1) : text;
      if (digits.startsWith("0x")) {
        return new BigInteger(digits.substring(2), 16);
      }
      return digits.startsWith("0o") ? new BigInteger(digits.substring(2), 8) : new BigInteger(digits);
    }

    /** The value of a number. */
    double real() {
      String word = text.toLowerCase(Locale.ROOT);
      if (type == Type.WHOLE) {
        return whole().doubleValue();
      }
      if (word.endsWith(".nan")) {
        return Double.NaN;
      }
      if (word.endsWith(".inf")) {
        return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      return Double.parseDouble(text);
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

    @Override
    public String kind() {
      return "a mapping";
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

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A part that was already reported: whoever reads it says nothing more. */
  record Refused(Where where) implements Yaml {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public String kind() {
      return "refused";
    }
  }
}
