package io.yapok.schemas.internal.field;

import io.yapok.schemas.Column;
import io.yapok.schemas.RowShape;

/** Writes defaults in the place of what a record does not have. */
public final class Fallbacks {
  private Fallbacks() {}

  /** Writes the default into a row that every row before it has been written for; a dynamic axis gets the size 1. */
  public static void fill(FieldTarget target, Column column, int row) {
    RowShape shape = target.shape();
    int size = 1;
    int[] dims = target.dims();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis) == RowShape.DYNAMIC ? 1 : shape.dim(axis);
      size *= dims[axis];
    }
    int start = column.start(row);
    if (!shape.isFixed()) {
      column.reserveElements((long) start + size);
    }
    for (int i = 0; i < size; i++) {
      put(target, column, start + i);
    }
    if (!shape.isFixed()) {
      column.endRow(size, dims);
    }
  }

  /** Writes the default into one element; text is appended. */
  public static void put(FieldTarget target, Column column, int element) {
    switch (target.type()) {
      case FLOAT32 -> column.floats().put(element, (float) target.fallbackDouble());
      case FLOAT64 -> column.doubles().put(element, target.fallbackDouble());
      case FLOAT16 -> column.shorts().put(element, Float.floatToFloat16((float) target.fallbackDouble()));
      case BFLOAT16 -> column.shorts().put(element, Halves.toBrain((float) target.fallbackDouble()));
      case INT8, UINT8, BOOL -> column.bytes().put(element, (byte) target.fallbackLong());
      case INT16 -> column.shorts().put(element, (short) target.fallbackLong());
      case INT32 -> column.ints().put(element, (int) target.fallbackLong());
      case INT64 -> column.longs().put(element, target.fallbackLong());
      case TEXT, JSON -> column.appendText(target.fallbackText(), 0, target.fallbackText().length);
    }
  }
}
