package io.yapok.perf.internal.measure;

import java.util.BitSet;

/** What a contestant answered: each record once, and a sum over which score went to which record that does not depend on their order. */
final class Tally {
  private final int expected;
  private final BitSet seen;
  private long doubled;
  private long foreign;
  private long sum;

  /** A tally of answers to records 0 to {@code expected - 1}. */
  Tally(int expected) {
    this.expected = expected;
    this.seen = new BitSet(expected);
  }

  /** Counts one answer; {@code answer} is its content as 32 bits, 0 for a contestant that only passes on. */
  void add(long id, int answer) {
    if (id < 0 || id >= expected) {
      foreign++;
    } else if (seen.get((int) id)) {
      doubled++;
    } else {
      seen.set((int) id);
      sum += mix(id * 0x9E3779B97F4A7C15L + answer);
    }
  }

  /** Whether every record was answered exactly once. */
  boolean isComplete() {
    return seen.cardinality() == expected && doubled == 0 && foreign == 0;
  }

  /** Equal for two contestants if each record got the same answer from both. A single answer that differs is missed once in 2^32, since answers come as hashes of 32 bits. */
  long sum() {
    return sum;
  }

  @Override
  public String toString() {
    return "%d of %d records answered, %d of them more than once, %d answers to records that never were".formatted(seen.cardinality(), expected, doubled, foreign);
  }

  /** Spreads each bit over all (the finalizer of SplitMix64). */
  private static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
