package io.yapok.app.internal.demo;

/** A decision tree. Leaves hold multiples of {@link #GRAIN}. */
sealed interface Tree {
  /**
   * Sums of a few dozen multiples of this are exact in 32-bit floats, in whatever order a runtime adds
   * them: the same answer alone and in any batch.
   */
  double GRAIN = 0x1.0p-12;

  /** What is added to the log-odds. */
  record Leaf(float value) implements Tree {}

  /** Goes to {@code low} where the feature is at most the bound. */
  record Split(int feature, float bound, Tree low, Tree high) implements Tree {}

  /** The nearest multiple of {@link #GRAIN}. */
  static float grained(double value) {
    return (float) (Math.rint(value / GRAIN) * GRAIN);
  }

  /** The leaf's value for a row of columns. */
  default float value(float[][] columns, int row) {
    Tree tree = this;
    while (tree instanceof Split split) {
      tree = columns[split.feature()][row] <= split.bound() ? split.low() : split.high();
    }
    return ((Leaf) tree).value();
  }
}
