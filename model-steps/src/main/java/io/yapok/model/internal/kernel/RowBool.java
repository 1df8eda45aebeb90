package io.yapok.model.internal.kernel;

/** True or false for each row. */
@FunctionalInterface
interface RowBool {
  boolean at(int row);
}
