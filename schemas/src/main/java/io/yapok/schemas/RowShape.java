package io.yapok.schemas;

import java.util.Arrays;

/**
 * The shape of one row of a column: the model's shape without its row dimension. {@code []} is a scalar, {@code [784]} a vector, {@code [1, 28, 28]} an
 * image, {@code [-1]} a vector whose length differs from row to row.
 */
public final class RowShape {
  /** A dimension whose size is known only per row. */
  public static final int DYNAMIC = -1;

  /** One element a row. */
  public static final RowShape SCALAR = new RowShape(new int[0]);

  /** More elements than this in one row are refused: one row of it would take gigabytes. */
  public static final long MAX_ELEMENTS = 1L << 28;

  private final int[] dims;
  private final boolean fixed;
  private final int elements;

  private RowShape(int[] dims) {
    this.dims = dims;
    boolean allKnown = true;
    long product = 1;
    for (int dim : dims) {
      if (dim < DYNAMIC) {
        throw new IllegalArgumentException("a dimension is at least 0, or " + DYNAMIC + " for dynamic, not " + dim);
      }
      allKnown &= dim != DYNAMIC;
      product = Math.multiplyExact(product, Math.max(dim, 0) + (dim == DYNAMIC ? 1L : 0L));
      if (product > MAX_ELEMENTS) {
        throw new IllegalArgumentException("a row of shape " + Arrays.toString(dims) + " has more than " + MAX_ELEMENTS + " elements");
      }
    }
    this.fixed = allKnown;
    this.elements = allKnown ? (int) product : DYNAMIC;
  }

  /**
   * A shape of these dimensions.
   *
   * @throws IllegalArgumentException if a dimension is below {@link #DYNAMIC} or the row has more than {@link #MAX_ELEMENTS} elements
   */
  public static RowShape of(int... dims) {
    return dims.length == 0 ? SCALAR : new RowShape(dims.clone());
  }

  /** The number of dimensions; 0 for a scalar. */
  public int rank() {
    return dims.length;
  }

  /** The size of an axis, or {@link #DYNAMIC}. */
  public int dim(int axis) {
    return dims[axis];
  }

  /** Whether every row has the same number of elements. */
  public boolean isFixed() {
    return fixed;
  }

  /** Elements in one row, or {@link #DYNAMIC}. */
  public int elements() {
    return elements;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowShape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims).replace("-1", "?");
  }
}
