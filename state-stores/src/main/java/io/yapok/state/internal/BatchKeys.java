package io.yapok.state.internal;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one batch, each with the state that its records have led to so far: an open-addressing table over key bytes, reused from batch to batch. Entries are
 * numbered in the order in which keys first came. Belongs to one thread.
 */
public final class BatchKeys {
  private static final int INITIAL = 64;
  private static final byte[] NO_KEY = new byte[0];

  /** Makes chains of equal hashes hard to send on purpose. */
  private final int seed = ThreadLocalRandom.current().nextInt() | 1;

  private int size;
  private byte[][] keys = emptyKeys(INITIAL);
  private int[] hashes = new int[INITIAL];
  private long[] counts = new long[INITIAL];
  private long[] lasts = new long[INITIAL];

  /** Entry + 1 by hash; twice as long as the arrays of entries at least. */
  private int[] table = new int[INITIAL * 2];

  /** Forgets all keys. */
  public void clear() {
    Arrays.fill(keys, 0, size, NO_KEY);
    Arrays.fill(table, 0);
    size = 0;
  }

  public int size() {
    return size;
  }

  /** The entry of an equal key, or -1. */
  public int find(byte[] key) {
    int hash = hash(key);
    int mask = table.length - 1;
    for (int i = hash & mask; table[i] != 0; i = (i + 1) & mask) {
      int entry = table[i] - 1;
      if (hashes[entry] == hash && Arrays.equals(keys[entry], key)) {
        return entry;
      }
    }
    return -1;
  }

  /**
   * Adds a key that is not there yet, with the state that the store has for it.
   *
   * @param value what the store has, or null for a key that was never seen
   * @return its entry
   * @throws IllegalStateException if the value is of no known format
   */
  public int add(byte[] key, byte @Nullable [] value) {
    long count = value == null ? 0 : KeyStateCodec.count(value);
    long last = value == null ? 0 : KeyStateCodec.lastMillis(value);
    if (size == keys.length) {
      grow();
    }
    int entry = size++;
    keys[entry] = key;
    hashes[entry] = hash(key);
    counts[entry] = count;
    lasts[entry] = last;
    place(entry);
    return entry;
  }

  public byte[] key(int entry) {
    return keys[entry];
  }

  /** How many records of the key came before. */
  public long count(int entry) {
    return counts[entry];
  }

  /** The latest timestamp of the key's records so far; means nothing while there are none. */
  public long lastMillis(int entry) {
    return lasts[entry];
  }

  /** One more record of the key. A record that comes late does not set the clock back. */
  public void count(int entry, long timestamp) {
    lasts[entry] = counts[entry] == 0 ? timestamp : Math.max(lasts[entry], timestamp);
    counts[entry]++;
  }

  private void place(int entry) {
    int mask = table.length - 1;
    int i = hashes[entry] & mask;
    while (table[i] != 0) {
      i = (i + 1) & mask;
    }
    table[i] = entry + 1;
  }

  private void grow() {
    int capacity = size * 2;
    byte[][] more = emptyKeys(capacity);
    System.arraycopy(keys, 0, more, 0, size);
    keys = more;
    hashes = Arrays.copyOf(hashes, capacity);
    counts = Arrays.copyOf(counts, capacity);
    lasts = Arrays.copyOf(lasts, capacity);
    table = new int[capacity * 2];
    for (int entry = 0; entry < size; entry++) {
      place(entry);
    }
  }

  private int hash(byte[] key) {
    int hash = seed;
    for (byte b : key) {
      hash = (hash ^ b) * 0x01000193;
    }
    hash ^= hash >>> 16;
    hash *= seed;
    return hash ^ hash >>> 15;
  }

  private static byte[][] emptyKeys(int capacity) {
    byte[][] keys = new byte[capacity][];
    Arrays.fill(keys, NO_KEY);
    return keys;
  }
}
