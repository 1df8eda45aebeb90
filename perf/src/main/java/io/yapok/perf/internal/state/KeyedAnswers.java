package io.yapok.perf.internal.state;

import io.yapok.perf.internal.workload.Answers;
import java.util.Arrays;

/**
 * Tells which record a result answers though results carry no id: results of a key come in the order of its records, so the third is the answer to the third. For one
 * reading of one sink, by one thread.
 */
final class KeyedAnswers implements Answers {
  private static final int NONE = -1;

  /** The record whose result comes next, by key. */
  private final int[] next;

  /** The record of the same key after each. */
  private final int[] after;

  /** Of this many records. */
  KeyedAnswers(StateCase place, int records) {
    next = new int[place.hit() ? place.keys() : records];
    after = new int[records];
    int[] last = new int[next.length];
    Arrays.fill(next, NONE);
    Arrays.fill(after, NONE);
    for (int id = 0; id < records; id++) {
      int key = (int) StatePool.keyOf(place, id);
      if (next[key] == NONE) {
        next[key] = id;
      } else {
        after[last[key]] = id;
      }
      last[key] = id;
    }
  }

  @Override
  public long id(byte[] key, byte[] value) {
    long number = StatePool.number(key);
    if (number < 0 || number >= next.length || next[(int) number] == NONE) {
      return NONE;
    }
    int id = next[(int) number];
    next[(int) number] = after[id];
    return id;
  }

  @Override
  public int digest(byte[] value) {
    return Arrays.hashCode(value);
  }
}
