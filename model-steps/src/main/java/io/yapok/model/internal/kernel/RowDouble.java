package io.yapok.model.internal.kernel;

/** A floating-point number for each row. */
@FunctionalInterface
interface RowDouble {
  double at(int row);
}
