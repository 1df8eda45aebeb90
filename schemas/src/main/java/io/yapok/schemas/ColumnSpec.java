package io.yapok.schemas;

import java.util.List;

/**
 * What a column holds.
 *
 * @param name unique in its {@link Layout}: {@code input.PATH}, {@code state.NAME}, {@code out.NAME}, or {@code STEP:NAME} for what only a step sees
 * @param type of each element
 * @param shape of one row
 * @param labels names of the elements where the model gives them (the classes of a scikit-learn map), else empty; results then show an object
 */
public record ColumnSpec(String name, ElementType type, RowShape shape, List<String> labels) {
  public ColumnSpec {
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != shape.elements()) {
      throw new IllegalArgumentException(name + " has " + labels.size() + " labels for rows of shape " + shape);
    }
  }

  /** A column whose elements have no names. */
  public ColumnSpec(String name, ElementType type, RowShape shape) {
    this(name, type, shape, List.of());
  }

  /** Bytes of one row in the column's buffer; 0 where that differs from row to row. */
  public int bytesPerRow() {
    return shape.isFixed() ? Math.multiplyExact(shape.elements(), type.bytes()) : 0;
  }
}
