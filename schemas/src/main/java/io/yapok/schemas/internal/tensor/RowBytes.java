package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.RowShape;

/**
 * How many bytes a tensor of a column has: those of one row, or a multiple of {@code unit} where dimensions of the row are open.
 *
 * @param unit bytes of one row, or of one step along each open dimension; 0 where a dimension is
 * @param openAxis the first open dimension, or -1
 * @param open how many are
 */
record RowBytes(long unit, int openAxis, int open) {
  /**
   * What a column says.
   *
   * @throws IllegalArgumentException if elements have no fixed size, or a dimension is open beside one that is 0
   */
  static RowBytes of(ColumnSpec column) {
    RowShape shape = column.shape();
    long unit = column.type().bytes();
    int openAxis = -1;
    int open = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) != RowShape.DYNAMIC) {
        unit *= shape.dim(axis);
      } else {
        openAxis = open++ == 0 ? axis : openAxis;
      }
    }
    if (column.type().isPooled() || (openAxis >= 0 && unit == 0)) {
      throw new IllegalArgumentException(column.name() + " cannot be a tensor: " + column.type().label() + shape);
    }
    return new RowBytes(unit, openAxis, open);
  }

  boolean isFixed() {
    return openAxis < 0;
  }
}
