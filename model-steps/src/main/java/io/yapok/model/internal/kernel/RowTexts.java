package io.yapok.model.internal.kernel;

/** A vector of texts for each row. */
abstract class RowTexts {
  int count;

  /** Turns to a row and sets {@link #count}. */
  abstract void load(int row);

  /** An element of the loaded row, valid until the next call. */
  abstract RowText element(int index);
}
