package io.yapok.model.internal.kernel;

/** A vector of floating-point numbers for each row, in an array that is reused from row to row. */
abstract class RowDoubles {
  double[] values = new double[0];
  int count;

  /** Puts the row's elements into {@link #values} and their number into {@link #count}. */
  abstract void load(int row);

  /** Makes room and sets the count. */
  final void resize(int elements) {
    if (values.length < elements) {
      values = new double[Math.max(16, elements)];
    }
    count = elements;
  }
}
