package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnFullException;

/** Writes a term's value of each row into a column; rows come in order, and each is written once, with a value or blank. */
abstract class ColumnWriter {
  final Column column;
  private final Failures failures;

  ColumnWriter(Column column, Failures failures) {
    this.column = column;
    this.failures = failures;
  }

  /** Computes the row's value and, unless that failed, stores it. */
  final void write(int row) {
    compute(row);
    if (!failures.hasFailed()) {
      store(row);
    }
  }

  abstract void compute(int row);

  /**
   * Stores what was computed.
   *
   * @throws ColumnFullException if the column cannot grow so far
   */
  abstract void store(int row);

  /** Fills the row's place where rows are appended, so that later rows stay in theirs. */
  abstract void blank(int row);
}
