package io.yapok.state.internal;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values put last, by key, outside the heap: a key that comes again is found without RocksDB, and RocksDB is spared most of its changes. One buffer is filled round and round: what is in
 * the way leaves, and a value that fits where its key's last one lies replaces it there. A value that nobody has written yet is handed on when it leaves, so that none is lost. For one thread
 * at a time.
 */
final class RecentValues implements AutoCloseable {
  private static final int FIRST_BYTES = 256 << 10;
  private static final int MOST_BYTES = 1 << 28;

  // An entry: four numbers, the key, the value, and some room for a longer one. Entries begin at multiples of 16, so that the numbers of the last one before the buffer's end fit.
  private static final int KEY_LENGTH = 0;
  private static final int VALUE_LENGTH = 4;

  /** The entry's length, whose lowest four bits are free for flags. */
  private static final int LENGTH = 8;

  private static final int HASH = 12;
  private static final int KEY = 16;
  private static final int ALIGNMENT = 16;

  private static final int UNWRITTEN = 1;
  private static final int DEAD = 2;
  private static final int FLAGS = ALIGNMENT - 1;

  /** In place of a key's length: from here to the buffer's end there is nothing. */
  private static final int NOTHING_MORE = -1;

  /** A key has so many places in the index, one line of the processor's cache; where all are taken the oldest of these entries leaves. */
  private static final int WAYS = 8;

  /** A place's upper 16 bits are of the hash, so that other keys' entries need not be looked at; the others say where the entry begins, in units of {@link #ALIGNMENT} and counted from 1. */
  private static final int TAG_SHIFT = 48;

  private static final long ENTRY_BITS = (1L << TAG_SHIFT) - 1;

  /** Bytes of the buffer for each place in the index; an entry seldom takes fewer. */
  private static final int BYTES_A_PLACE = 64;

  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Allowance allowance;
  private final Leaving leaving;
  private Memory memory = Memory.NONE;

  /** Where the oldest entry begins and where the next one will, counted from the first byte ever written. */
  private long oldest;

  private long next;

  /** Takes a value that is about to be forgotten, or was asked for, and that nobody has written yet. */
  @FunctionalInterface
  interface Leaving {
    /** Neither array is changed afterwards. */
    void take(byte[] key, byte[] value);
  }

  /**
   * What all lies in.
   *
   * @param places of entries, in groups of {@link #WAYS} by hash
   */
  private record Memory(@Nullable Arena arena, ByteBuffer entries, LongBuffer places) {
    /** Direct as the others are, so that the compiler sees one class of buffers. */
    static final Memory NONE = new Memory(null, ByteBuffer.allocateDirect(0), ByteBuffer.allocateDirect(WAYS * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer());

    /** Shared, since whoever closes a task need not be the thread that ran it. */
    static Memory of(int bytes) {
      Arena arena = Arena.ofShared();
      ByteBuffer entries = arena.allocate(bytes, ALIGNMENT).asByteBuffer().order(ByteOrder.nativeOrder());
      ByteBuffer places = arena.allocate(all(bytes) - bytes, WAYS * Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
      return new Memory(arena, entries, places.asLongBuffer());
    }

    /** What a buffer of so many bytes takes with its index. */
    static long all(int bytes) {
      return bytes + (long) bytes / BYTES_A_PLACE * Long.BYTES;
    }

    int bytes() {
      return entries.capacity();
    }

    void free() {
      if (arena != null) {
        arena.close();
      }
    }
  }

  /** An empty one that grows as the allowance lets it. */
  RecentValues(Allowance allowance, Leaving leaving) {
    this.allowance = allowance;
    this.leaving = leaving;
  }

  /** The value last put under an equal key, in a fresh array; null if it was never put, was removed or has left. */
  byte @Nullable [] get(byte[] key) {
    long entry = find(key, hash(key));
    return entry < 0 ? null : value(entry);
  }

  /** Puts a value in place of the one before. Neither array may be changed afterwards. */
  void put(byte[] key, byte[] value) {
    int hash = hash(key);
    long entry = find(key, hash);
    if (entry >= 0 && length(entry) - KEY - key.length >= value.length) {
      set(entry, VALUE_LENGTH, value.length);
      set(entry, LENGTH, number(entry, LENGTH) | UNWRITTEN);
      memory.entries.put(at(entry) + KEY + key.length, value);
      return;
    }
    if (entry >= 0) {
      kill(entry);
    }
    append(key, hash, value);
  }

  /** Forgets a key's value, written or not. */
  void remove(byte[] key) {
    long entry = find(key, hash(key));
    if (entry >= 0) {
      kill(entry);
    }
  }

  /** Hands on what nobody has written yet. */
  void handOn() {
    for (long entry = oldest; entry < next; entry = after(entry)) {
      handOn(entry);
    }
  }

  /** Hands a key's value on if nobody has written it yet. */
  void handOn(byte[] key) {
    long entry = find(key, hash(key));
    if (entry >= 0) {
      handOn(entry);
    }
  }

  private void handOn(long entry) {
    if (!isGap(entry) && (number(entry, LENGTH) & FLAGS) == UNWRITTEN) {
      set(entry, LENGTH, length(entry));
      leaving.take(key(entry), value(entry));
    }
  }

  private void append(byte[] key, int hash, byte[] value) {
    long room = value.length + value.length / 4L;
    long length = (KEY + key.length + room + ALIGNMENT - 1) & -ALIGNMENT;
    while (end(length) - oldest > memory.bytes() && grow()) {
      // until it fits, or there is no more
    }
    if (length > memory.bytes() / 2) {
      leaving.take(key, value); // it would push out too many others
      return;
    }
    long entry = end(length) - length;
    while (entry + length - oldest > memory.bytes()) {
      handOn(oldest);
      oldest = after(oldest);
    }
    if (entry > next) {
      set(next, KEY_LENGTH, NOTHING_MORE);
    }
    set(entry, KEY_LENGTH, key.length);
    set(entry, VALUE_LENGTH, value.length);
    set(entry, LENGTH, (int) length | UNWRITTEN);
    set(entry, HASH, hash);
    memory.entries.put(at(entry) + KEY, key);
    memory.entries.put(at(entry) + KEY + key.length, value);
    next = entry + length;
    place(entry, hash);
  }

  /** Where an entry of this length ends if it comes next; none reaches over the buffer's end. */
  private long end(long length) {
    int left = memory.bytes() == 0 ? 0 : memory.bytes() - at(next);
    return next + length + (left < length ? left : 0);
  }

  private void place(long entry, int hash) {
    int group = group(hash);
    int taken = group;
    for (int place = group + 1; place < group + WAYS; place++) {
      taken = entryAt(place) < entryAt(taken) ? place : taken;
    }
    long before = entryAt(taken);
    if (before >= oldest) {
      handOn(before);
      set(before, LENGTH, length(before) | DEAD);
    }
    memory.places.put(taken, (long) (hash >>> Short.SIZE) << TAG_SHIFT | entry / ALIGNMENT + 1);
  }

  /** Takes twice the memory if there is some. */
  private boolean grow() {
    int bytes = memory.bytes() == 0 ? FIRST_BYTES : 2 * memory.bytes();
    if (bytes > MOST_BYTES || !allowance.take(Memory.all(bytes) - Memory.all(memory.bytes()))) {
      return false;
    }
    Memory larger = Memory.of(bytes);
    int end = 0;
    for (long entry = oldest; entry < next; entry = after(entry)) {
      if (!isGap(entry) && (number(entry, LENGTH) & DEAD) == 0) {
        larger.entries.put(end, memory.entries, at(entry), length(entry));
        end += length(entry);
      }
    }
    memory.free();
    memory = larger;
    oldest = 0;
    next = end;
    for (long entry = 0; entry < end; entry = after(entry)) {
      place(entry, number(entry, HASH));
    }
    return true;
  }

  private void kill(long entry) {
    int place = group(number(entry, HASH));
    while (entryAt(place) != entry) {
      place++;
    }
    memory.places.put(place, 0);
    set(entry, LENGTH, length(entry) | DEAD);
  }

  private long find(byte[] key, int hash) {
    int group = group(hash);
    for (int place = group; place < group + WAYS; place++) {
      if (memory.places.get(place) >>> TAG_SHIFT == hash >>> Short.SIZE) {
        long entry = entryAt(place);
        if (entry >= oldest && number(entry, HASH) == hash && isKey(entry, key)) {
          return entry;
        }
      }
    }
    return -1;
  }

  /** Less than any entry where there is none. */
  private long entryAt(int place) {
    return ((memory.places.get(place) & ENTRY_BITS) - 1) * ALIGNMENT;
  }

  private boolean isKey(long entry, byte[] key) {
    if (number(entry, KEY_LENGTH) != key.length) {
      return false;
    }
    int at = at(entry) + KEY;
    int i = 0;
    for (; i <= key.length - Long.BYTES; i += Long.BYTES) {
      if (memory.entries.getLong(at + i) != (long) LONG.get(key, i)) {
        return false;
      }
    }
    for (; i < key.length; i++) {
      if (memory.entries.get(at + i) != key[i]) {
        return false;
      }
    }
    return true;
  }

  private byte[] key(long entry) {
    byte[] key = new byte[number(entry, KEY_LENGTH)];
    memory.entries.get(at(entry) + KEY, key);
    return key;
  }

  private byte[] value(long entry) {
    byte[] value = new byte[number(entry, VALUE_LENGTH)];
    memory.entries.get(at(entry) + KEY + number(entry, KEY_LENGTH), value);
    return value;
  }

  private static int hash(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private int group(int hash) {
    return hash & (memory.places.capacity() - 1) & -WAYS;
  }

  private boolean isGap(long entry) {
    return number(entry, KEY_LENGTH) == NOTHING_MORE;
  }

  private int length(long entry) {
    return number(entry, LENGTH) & ~FLAGS;
  }

  private long after(long entry) {
    return entry + (isGap(entry) ? memory.bytes() - at(entry) : length(entry));
  }

  private int at(long entry) {
    return (int) (entry & (memory.bytes() - 1));
  }

  private int number(long entry, int which) {
    return memory.entries.getInt(at(entry) + which);
  }

  private void set(long entry, int which, int number) {
    memory.entries.putInt(at(entry) + which, number);
  }

  /** Forgets all, written or not, and gives its memory back. It may be used again. */
  @Override
  public void close() {
    allowance.give(Memory.all(memory.bytes()));
    memory.free();
    memory = Memory.NONE;
    oldest = 0;
    next = 0;
  }
}
