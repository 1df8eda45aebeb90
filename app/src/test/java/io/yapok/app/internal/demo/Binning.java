package io.yapok.app.internal.demo;

import java.util.Arrays;

/**
 * A column cut into bins of about equally many values: a split between two bins is a comparison with
 * the bound between them.
 */
final class Binning {
  private static final int BINS = 64;

  /** {@code bounds[b]} lies between bin b and bin b + 1; ascending. */
  private final float[] bounds;

  /** The bin of each row. */
  final byte[] bins;

  Binning(float[] column) {
    this.bounds = bounds(column);
    this.bins = new byte[column.length];
    for (int row = 0; row < column.length; row++) {
      int place = Arrays.binarySearch(bounds, column[row]);
      bins[row] = (byte) (place < 0 ? -place - 1 : place);
    }
  }

  /** How many bins there are. */
  int size() {
    return bounds.length + 1;
  }

  /** Values up to this, included, are in bins up to {@code bin}. */
  float bound(int bin) {
    return bounds[bin];
  }

  private static float[] bounds(float[] column) {
    float[] sorted = column.clone();
    Arrays.sort(sorted);
    float[] bounds = new float[BINS - 1];
    int count = 0;
    for (int bin = 1; bin < BINS; bin++) {
      int place = (int) ((long) sorted.length * bin / BINS);
      float value = sorted[place];
      if (value < sorted[sorted.length - 1] && (count == 0 || value > bounds[count - 1])) {
        bounds[count++] = value;
      }
    }
    return Arrays.copyOf(bounds, count);
  }
}
