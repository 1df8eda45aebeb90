package io.yapok.schemas.internal.field;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One field that a pipeline reads: its column, what stands in for it, and where the present record has it. */
public final class FieldTarget {
  private final SourceField field;
  private final ColumnSpec spec;
  private final int[] dims;
  private final boolean hasFallback;
  private final double fallbackDouble;
  private final long fallbackLong;
  private final byte[] fallbackText;

  private long filled;
  private long noted;
  private int notedAt;
  private int copied;

  /**
   * The target of a field.
   *
   * @throws IllegalArgumentException if its default is not of its column's type, or it is JSON and no scalar
   */
  public FieldTarget(SourceField field, Layout layout) {
    this.field = field;
    this.spec = layout.column(field.slot());
    this.dims = new int[spec.shape().rank()];
    if (spec.type() == ElementType.JSON && spec.shape().rank() != 0) {
      throw new IllegalArgumentException(field.path() + " is passed through as JSON and has the shape " + spec.shape() + ", not a scalar's");
    }
    Object fallback = field.fallback();
    this.hasFallback = fallback != null;
    this.fallbackDouble = fallback instanceof Number number ? number.doubleValue() : 0;
    this.fallbackLong = fallback instanceof Long whole ? whole : Boolean.TRUE.equals(fallback) ? 1 : 0;
    this.fallbackText = fallbackText(fallback);
    if (fallback != null && !fits(fallback)) {
      throw new IllegalArgumentException("the default of " + field.path() + " is " + fallback + ", which is not of type " + spec.type().label());
    }
  }

  public String path() {
    return field.path();
  }

  public int slot() {
    return field.slot();
  }

  public ElementType type() {
    return spec.type();
  }

  public RowShape shape() {
    return spec.shape();
  }

  /** Whether a null in the document is a value like others. */
  public boolean keepsNull() {
    return type() == ElementType.JSON;
  }

  /** Whether a row's elements are bytes at a known place, so that they can be copied from row to row. */
  public boolean isPlain() {
    return shape().isFixed() && !type().isPooled();
  }

  /** Scratch space for the shape of one row. */
  public int[] dims() {
    return dims;
  }

  public boolean hasFallback() {
    return hasFallback;
  }

  public double fallbackDouble() {
    return fallbackDouble;
  }

  /** The default of an integer column, or 1 for true. */
  public long fallbackLong() {
    return fallbackLong;
  }

  /** The default in UTF-8: as it is for a text column, as JSON for a JSON column. */
  public byte[] fallbackText() {
    return fallbackText;
  }

  /** Whether the row that {@code stamp} stands for has its value. */
  public boolean isFilled(long stamp) {
    return filled == stamp;
  }

  /** Marks that the row has its value. Answers whether it had one before. */
  public boolean markFilled(long stamp) {
    boolean again = filled == stamp;
    filled = stamp;
    return again;
  }

  /** Keeps where the record around the rows has the value. Answers whether a place was noted for this record before. */
  public boolean note(long stamp, int position) {
    boolean again = noted == stamp;
    noted = stamp;
    notedAt = position;
    copied = -1;
    return again;
  }

  /** Where the record around the rows has the value, or -1. */
  public int notedAt(long stamp) {
    return noted == stamp ? notedAt : -1;
  }

  /** The row that the noted value was decoded into, or -1. */
  public int copied() {
    return copied;
  }

  public void setCopied(int row) {
    copied = row;
  }

  public BadRecordException bad(RejectReason reason, String message) {
    return new BadRecordException(reason, field.path(), message);
  }

  /** The field is not there, nor a default. */
  public BadRecordException missing(String place) {
    return bad(RejectReason.MISSING_FIELD, wanted() + " expected, the field is absent or null" + place);
  }

  /** What one element is called in messages. */
  public String wanted() {
    return switch (type()) {
      case TEXT -> "text";
      case BOOL -> "a boolean";
      case JSON -> "a value";
      case INT8, INT16, INT32, INT64, UINT8 -> "a whole number";
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> "a number";
    };
  }

  /** What several elements are called in messages. */
  public String wantedMany() {
    return switch (type()) {
      case TEXT -> "texts";
      case BOOL -> "booleans";
      case JSON -> "values";
      case INT8, INT16, INT32, INT64, UINT8, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> "numbers";
    };
  }

  private boolean fits(Object fallback) {
    return switch (type()) {
      case TEXT -> fallback instanceof String;
      case BOOL -> fallback instanceof Boolean;
      case JSON -> true;
      case INT8, INT16, INT32, INT64, UINT8 -> fallback instanceof Long whole && Integers.min(type()) <= whole && whole <= Integers.max(type());
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> fallback instanceof Number;
    };
  }

  private byte[] fallbackText(@Nullable Object fallback) {
    String text = String.valueOf(fallback);
    boolean quoted = fallback instanceof String || (fallback instanceof Double number && !Double.isFinite(number));
    return (type() == ElementType.JSON && quoted ? quoted(text) : text).getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return json.append('"').toString();
  }
}
