package io.yapok.schemas;

import java.util.Locale;

/** What one element of a {@link Column} is. The names are those that a pipeline document's {@code source.fields} uses. */
public enum ElementType {
  FLOAT32(4),
  FLOAT64(8),
  FLOAT16(2),
  BFLOAT16(2),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  /** One byte, 0 or 1. */
  BOOL(1),
  /** UTF-8 text, kept in the column's own pool; has no tensor view. */
  TEXT(0),
  /** A value kept as the JSON text that came, for fields that are only passed through; stored as {@link #TEXT} is. */
  JSON(0);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element in the column's buffer; 0 for {@link #TEXT} and {@link #JSON}, which have none. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements live in the text pool instead of the buffer. */
  public boolean isPooled() {
    return bytes == 0;
  }

  /** Whether elements are floating point of any width. */
  public boolean isFloating() {
    return switch (this) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
      case INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> false;
    };
  }

  /** Whether elements are whole numbers; {@link #BOOL} is not one. */
  public boolean isInteger() {
    return switch (this) {
      case INT8, INT16, INT32, INT64, UINT8 -> true;
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, TEXT, JSON -> false;
    };
  }

  /** The name in documents and messages, {@code float32} for {@link #FLOAT32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
