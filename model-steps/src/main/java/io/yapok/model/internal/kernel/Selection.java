package io.yapok.model.internal.kernel;

import java.util.Arrays;

/**
 * The best of many by a bounded heap on primitive arrays: O(n log k), nothing allocated once the arrays have grown. Equal values keep their order, NaN comes last
 * whichever way is asked. Owned by one thread.
 */
final class Selection {
  private long[] keys = new long[16];
  private int[] heap = new int[16];
  private int size;

  /** A key that is larger for larger values; the two zeros are equal and NaN is the smallest. */
  static long largestFirst(double value) {
    return Double.isNaN(value) ? Long.MIN_VALUE : sortable(value);
  }

  /** A key that is larger for smaller values; NaN is the smallest. */
  static long smallestFirst(double value) {
    return Double.isNaN(value) ? Long.MIN_VALUE : ~sortable(value);
  }

  private static long sortable(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /** Makes room for so many keys; called before {@link #key}. */
  void reserve(int count) {
    if (keys.length < count) {
      keys = Arrays.copyOf(keys, Math.max(count, keys.length * 2));
    }
  }

  /** Sets what a candidate is ordered by: larger is better. */
  void key(int candidate, long key) {
    keys[candidate] = key;
  }

  /**
   * Chooses the best of the candidates 0 to {@code count - 1}.
   *
   * @param keep how many at most
   * @return how many were chosen; {@link #chosen} has them, best first
   */
  int select(int count, int keep) {
    int limit = Math.min(count, keep);
    if (heap.length < limit) {
      heap = new int[Math.max(limit, heap.length * 2)];
    }
    size = 0;
    for (int candidate = 0; candidate < count; candidate++) {
      offer(candidate, limit);
    }
    for (int last = size - 1; last > 0; last--) {
      int worst = heap[0];
      heap[0] = heap[last];
      heap[last] = worst;
      sink(0, last);
    }
    return size;
  }

  /** The candidate in a place of the last selection, best first. */
  int chosen(int place) {
    return heap[place];
  }

  private void offer(int candidate, int limit) {
    if (size < limit) {
      heap[size] = candidate;
      rise(size++);
    } else if (limit > 0 && isWorse(heap[0], candidate)) {
      heap[0] = candidate;
      sink(0, limit);
    }
  }

  /** The heap's root is the worst of those kept. */
  private void rise(int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!isWorse(heap[place], heap[parent])) {
        return;
      }
      swap(place, parent);
      place = parent;
    }
  }

  private void sink(int from, int limit) {
    int place = from;
    while (true) {
      int child = 2 * place + 1;
      if (child >= limit) {
        return;
      }
      if (child + 1 < limit && isWorse(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isWorse(heap[child], heap[place])) {
        return;
      }
      swap(place, child);
      place = child;
    }
  }

  private boolean isWorse(int one, int other) {
    long first = keys[one];
    long second = keys[other];
    return first < second || (first == second && one > other);
  }

  private void swap(int one, int other) {
    int held = heap[one];
    heap[one] = heap[other];
    heap[other] = held;
  }
}
