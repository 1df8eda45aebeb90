package io.yapok.state.internal;

import io.yapok.state.internal.stored.KeyRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The keys of one run, each with what is remembered about it as its records so far have left it: an open-addressing table over key bytes, reused from run to run.
 * Entries are numbered in the order in which keys first came. Belongs to one thread.
 */
public final class BatchKeys {
  private static final int INITIAL = 64;
  private static final byte[] NO_KEY = new byte[0];

  /** Makes chains of equal hashes hard to send on purpose. */
  private final int seed = ThreadLocalRandom.current().nextInt() | 1;

  private final Supplier<KeyRecord> maker;
  private final List<KeyRecord> records = new ArrayList<>();
  private int size;
  private byte[][] keys = emptyKeys(INITIAL);
  private int[] hashes = new int[INITIAL];

  /** Entry + 1 by hash; twice as long as the arrays of entries at least. */
  private int[] table = new int[INITIAL * 2];

  /** No keys; records are made so and kept. */
  public BatchKeys(Supplier<KeyRecord> maker) {
    this.maker = maker;
  }

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

  /** Adds a key that is not there yet. Its record holds what some key of an earlier run has left: fill it. */
  public int add(byte[] key) {
    if (size == keys.length) {
      grow();
    }
    int entry = size++;
    keys[entry] = key;
    hashes[entry] = hash(key);
    if (entry == records.size()) {
      records.add(maker.get());
    }
    place(entry);
    return entry;
  }

  public byte[] key(int entry) {
    return keys[entry];
  }

  public KeyRecord record(int entry) {
    return records.get(entry);
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
