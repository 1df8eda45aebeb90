package io.yapok.model.internal.kernel;

/** A vector of whole numbers for each row, in an array that is reused from row to row. Truth values are 0 and 1. */
abstract class RowLongs {
  long[] values = new long[0];
  int count;

  /** Puts the row's elements into {@link #values} and their number into {@link #count}. */
  abstract void load(int row);

  /** Makes room and sets the count. */
  final void resize(int elements) {
    if (values.length < elements) {
      values = new long[Math.max(16, elements)];
    }
    count = elements;
  }
}
