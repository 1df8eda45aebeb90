package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.RowShape;

/**
 * How many bytes a tensor of a column has: those of one row, or a multiple of {@code unit} where one dimension of the row is open.
 *
 * @param unit bytes of one row, or of one step along the open dimension; 0 where a dimension is
 * @param openAxis the open dimension, or -1
 */
record RowBytes(long unit, int openAxis) {
  /**
   * What a column says.
   *
   * @throws IllegalArgumentException if a length would not tell the shape, or elements have no fixed size
   */
  static RowBytes of(ColumnSpec column) {
    RowShape shape = column.shape();
    long unit = column.type().bytes();
    int openAxis = -1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) != RowShape.DYNAMIC) {
        unit *= shape.dim(axis);
      } else if (openAxis >= 0) {
        throw new IllegalArgumentException(column.name() + " leaves several dimensions open: " + shape);
      } else {
        openAxis = axis;
      }
    }
    if (column.type().isPooled() || (openAxis >= 0 && unit == 0)) {
      throw new IllegalArgumentException(column.name() + " cannot be a tensor: " + column.type().label() + shape);
    }
    return new RowBytes(unit, openAxis);
  }

  boolean isFixed() {
    return openAxis < 0;
  }
}
