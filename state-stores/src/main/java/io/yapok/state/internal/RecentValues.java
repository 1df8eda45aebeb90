package io.yapok.state.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values put last, by key, so that a key that comes again is not looked for on disk or behind the native library. One array is written round and round, each entry over the
 * oldest ones, and a value that fits where its key's last one lies replaces it there: nothing is left to the garbage collector. It may forget anything at any time. Belongs to one thread.
 */
public final class RecentValues implements AutoCloseable {
  private static final int FIRST_BYTES = 256 << 10;
  private static final int MOST_BYTES = 1 << 28;

  /** An entry is the lengths of key and value, the room for the value, the key and that room. */
  private static final int KEY_AT = 3 * Integer.BYTES;

  private static final int WAYS = 4;

  /** Bytes of the ring for each place in the index; an entry seldom takes fewer. */
  private static final int BYTES_A_PLACE = 64;

  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final Allowance allowance;
  private byte[] ring = new byte[0];

  /** Where entries begin, counted from the first byte ever written, plus one; in groups of {@link #WAYS} by hash. */
  private long[] places = new long[WAYS];

  /** Bytes ever written, skipped ones included. */
  private long written;

  private long taken;

  /** An empty one that grows as the allowance lets it. */
  public RecentValues(Allowance allowance) {
    this.allowance = allowance;
  }

  /** The value last put under an equal key, in a fresh array; null if it was never put, removed or forgotten. */
  public byte @Nullable [] get(byte[] key) {
    long entry = find(key);
    if (entry < 0) {
      return null;
    }
    int value = at(entry) + KEY_AT + key.length;
    return Arrays.copyOfRange(ring, value, value + number(entry, 1));
  }

  /** Puts a value in place of the one before. */
  public void put(byte[] key, byte[] value) {
    long entry = find(key);
    if (entry >= 0 && number(entry, 2) >= value.length) {
      set(entry, 1, value.length);
      System.arraycopy(value, 0, ring, at(entry) + KEY_AT + key.length, value.length);
      return;
    }
    remove(key);
    append(key, value);
  }

  /** Forgets a key. */
  public void remove(byte[] key) {
    int group = group(key);
    for (int way = 0; way < WAYS; way++) {
      if (is(places[group + way] - 1, key)) {
        places[group + way] = 0;
      }
    }
  }

  private void append(byte[] key, byte[] value) {
    long room = (value.length + value.length / 4 + 15L) & ~15L;
    long size = KEY_AT + key.length + room;
    if (ring.length < size || written + size > ring.length) {
      grow(size);
    }
    if (size > ring.length / 2) {
      return; // it would push out too many others
    }
    int left = ring.length - at(written);
    if (left < size) {
      written += left;
    }
    long entry = written;
    written += size;
    set(entry, 0, key.length);
    set(entry, 1, value.length);
    set(entry, 2, (int) room);
    System.arraycopy(key, 0, ring, at(entry) + KEY_AT, key.length);
    System.arraycopy(value, 0, ring, at(entry) + KEY_AT + key.length, value.length);
    places[oldest(group(key))] = entry + 1;
  }

  /** The place of a group whose entry goes first. */
  private int oldest(int group) {
    int oldest = group;
    for (int way = 1; way < WAYS; way++) {
      oldest = places[group + way] < places[oldest] ? group + way : oldest;
    }
    return oldest;
  }

  /** Takes twice the room if there is some, and starts anew: what was there comes again. */
  private void grow(long size) {
    int bytes = ring.length == 0 ? FIRST_BYTES : 2 * ring.length;
    if (bytes > MOST_BYTES || size > bytes) {
      return;
    }
    int index = Integer.highestOneBit(bytes / BYTES_A_PLACE);
    long all = bytes + (long) index * Long.BYTES;
    if (!allowance.take(all - taken)) {
      return;
    }
    taken = all;
    ring = new byte[bytes];
    places = new long[index];
    written = 0;
  }

  private long find(byte[] key) {
    int group = group(key);
    for (int way = 0; way < WAYS; way++) {
      long entry = places[group + way] - 1;
      if (is(entry, key)) {
        return entry;
      }
    }
    return -1;
  }

  /** Whether an entry is this key's and has not been written over. */
  private boolean is(long entry, byte[] key) {
    if (entry < 0 || entry < written - ring.length || number(entry, 0) != key.length) {
      return false;
    }
    int at = at(entry) + KEY_AT;
    return Arrays.equals(ring, at, at + key.length, key, 0, key.length);
  }

  private int group(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return (hash ^ hash >>> 15) & (places.length - 1) & -WAYS;
  }

  private int at(long entry) {
    return (int) (entry % ring.length);
  }

  private int number(long entry, int which) {
    return (int) INT.get(ring, at(entry) + which * Integer.BYTES);
  }

  private void set(long entry, int which, int number) {
    INT.set(ring, at(entry) + which * Integer.BYTES, number);
  }

  /** Forgets all and gives its memory back. */
  @Override
  public void close() {
    ring = new byte[0];
    places = new long[WAYS];
    written = 0;
    allowance.give(taken);
    taken = 0;
  }
}
