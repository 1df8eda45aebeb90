package io.yapok.onnxwriter.internal;

import java.util.Random;

/**
 * Weights that look trained and are the same on every machine: {@link Random}'s sequence is part of
 * its contract, and only exact operations follow it. For one thread.
 */
public final class SeededWeights {
  private final Random random;

  /** Starts the sequence of {@code seed}. */
  public SeededWeights(long seed) {
    this.random = new Random(seed);
  }

  /** {@code count} numbers, uniform in {@code -bound..bound}. */
  public float[] next(int count, float bound) {
    float[] weights = new float[count];
    for (int index = 0; index < count; index++) {
      weights[index] = (random.nextFloat() * 2 - 1) * bound;
    }
    return weights;
  }
}
