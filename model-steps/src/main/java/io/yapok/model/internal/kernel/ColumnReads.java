package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;

/** One element of a column, widened. Buffers are asked for each time, since a column replaces its own to grow. */
final class ColumnReads {
  private ColumnReads() {}

  /** The elements of a column of whole numbers or truth values. */
  static RowLong integers(Column column) {
    return switch (column.spec().type()) {
      case INT8, BOOL -> element -> column.bytes().get(element);
      case UINT8 -> element -> column.bytes().get(element) & 0xFF;
      case INT16 -> element -> column.shorts().get(element);
      case INT32 -> element -> column.ints().get(element);
      case INT64 -> element -> column.longs().get(element);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, TEXT, JSON -> throw wrong(column);
    };
  }

  /** The elements of a column of floating-point numbers. */
  static RowDouble floats(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> element -> column.floats().get(element);
      case FLOAT64 -> element -> column.doubles().get(element);
      case FLOAT16 -> element -> Float.float16ToFloat(column.shorts().get(element));
      case BFLOAT16 -> element -> Float.intBitsToFloat(column.shorts().get(element) << 16);
      case INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> throw wrong(column);
    };
  }

  /** Copies elements of a column of floating-point numbers: the common types in a loop of their own. */
  static void copy(Column column, RowDouble element, int start, double[] into, int count) {
    if (column.spec().type() == ElementType.FLOAT32) {
      var floats = column.floats();
      for (int i = 0; i < count; i++) {
        into[i] = floats.get(start + i);
      }
    } else if (column.spec().type() == ElementType.FLOAT64) {
      column.doubles().get(start, into, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        into[i] = element.at(start + i);
      }
    }
  }

  private static IllegalStateException wrong(Column column) {
    return new IllegalStateException(column.spec().name() + " has elements of type " + column.spec().type().label());
  }
}
