package io.yapok.model.internal.kernel;

/** Bounds of an index, the same for every kind of vector. */
final class Indexing {
  private Indexing() {}

  /** Whether there is such an element; if not, the row has failed. */
  static boolean inside(long index, int count, Failures failures) {
    if (index >= 0 && index < count) {
      return true;
    }
    failures.fail("index " + index + " of a vector of " + count);
    return false;
  }
}
