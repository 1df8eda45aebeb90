package io.yapok.model.internal.mapping;

import java.util.Arrays;
import java.util.List;

/**
 * A vocabulary of numbers or truth values and their places. Whole numbers are kept as they are, others by their bits, so that no two meet. Immutable and shared by
 * all threads.
 */
public final class NumberWords {
  private final long[] sorted;
  private final int[] places;

  private NumberWords(long[] keys) {
    Integer[] order = new Integer[keys.length];
    Arrays.setAll(order, place -> place);
    Arrays.sort(order, (one, other) -> Long.compare(keys[one], keys[other]));
    this.sorted = new long[keys.length];
    this.places = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = keys[order[i]];
      places[i] = order[i];
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException("a number stands in the vocabulary twice");
      }
    }
  }

  /** A vocabulary of different whole numbers, or of 0 and 1 for truth values. */
  public static NumberWords ofLongs(List<Long> words) {
    return new NumberWords(words.stream().mapToLong(Long::longValue).toArray());
  }

  /** A vocabulary of different numbers. */
  public static NumberWords ofDoubles(List<Double> words) {
    return new NumberWords(words.stream().mapToLong(NumberWords::key).toArray());
  }

  public int size() {
    return sorted.length;
  }

  /** The place of a whole number, or -1. */
  public int place(long word) {
    int found = Arrays.binarySearch(sorted, word);
    return found < 0 ? -1 : places[found];
  }

  /** The place of a number of a vocabulary of doubles, or -1. */
  public int place(double word) {
    return place(key(word));
  }

  /** Equal numbers have equal keys: 0.0 and -0.0 are one. */
  private static long key(double word) {
    return Double.doubleToLongBits(word + 0.0);
  }
}
