package io.yapok.model.internal.kernel;

/** A whole number for each row. */
@FunctionalInterface
interface RowLong {
  long at(int row);
}
