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
 * The values put last, by key, outside the heap: a key that comes again is found without RocksDB, and RocksDB is spared most of its changes. They lie in memory that is filled round and round: what
 * is in the way leaves, and a value that fits where its key's last one lies replaces it there. A value that nobody has written yet is handed on when it leaves, so that none is lost. For one thread
 * at a time.
 */
final class RecentValues implements AutoCloseable {
  /** One that is filled while what lies in another leaves. */
  private static final int FEWEST_SEGMENTS = 2;

  // An entry: four numbers, the key, the value, and some room for a longer one. Entries begin at multiples of 16, so that a segment's end leaves room for the first of the numbers.
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

  /** In place of a key's length: from here to the segment's end there is nothing. */
  private static final int NOTHING_MORE = -1;

  /** A key has so many places in the index, one line of the processor's cache; where all are taken the oldest of these entries leaves. */
  private static final int WAYS = 8;

  /** A place's upper 16 bits are the hash's lower ones, so that other keys' entries need not be looked at; the others say where the entry begins, in units of {@link #ALIGNMENT} and counted from 1. */
  private static final int TAG_SHIFT = 48;

  private static final long ENTRY_BITS = (1L << TAG_SHIFT) - 1;

  /** Bytes of entries for each place in the index; an entry seldom takes fewer. */
  private static final int BYTES_A_PLACE = 64;

  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final Allowance allowance;
  private final Leaving leaving;
  private Segments segments = new Segments();
  private Index index = Index.NONE;

  /** Where the oldest entry begins and where the next one will. */
  private long oldest;

  private long next;

  /** Whether there was no memory for another segment when the newest was opened. */
  private boolean full;

  /** Takes a value that is about to be forgotten, or was asked for, and that nobody has written yet. */
  @FunctionalInterface
  interface Leaving {
    /** Neither array is changed afterwards. */
    void take(byte[] key, byte[] value);
  }

  /**
   * Where the entries are.
   *
   * @param segments of entries that it is made for
   * @param places of entries, in groups of {@link #WAYS} by hash
   */
  private record Index(int segments, @Nullable Arena arena, LongBuffer places) {
    /** Of no entries. Direct as the others are, so that the compiler sees one class of buffers. */
    static final Index NONE = new Index(0, null, ByteBuffer.allocateDirect(WAYS * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer());

    static Index of(int segments) {
      Arena arena = Arena.ofShared();
      ByteBuffer places = arena.allocate(bytes(segments), WAYS * Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder());
      return new Index(segments, arena, places.asLongBuffer());
    }

    static long bytes(int segments) {
      return (long) segments * (Segments.BYTES / BYTES_A_PLACE) * Long.BYTES;
    }

    /** The first place of a hash's group. */
    int group(int hash) {
      long groups = places.capacity() / WAYS;
      return (int) ((Integer.toUnsignedLong(hash) * groups) >>> Integer.SIZE) * WAYS;
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
      segments.buffer(entry).put(Segments.at(entry) + KEY + key.length, value);
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
    long room = value.length + value.length / 8L;
    long length = (KEY + key.length + room + ALIGNMENT - 1) & -ALIGNMENT;
    if (length > Segments.BYTES / 2 || !makeRoom(length)) {
      leaving.take(key, value);
      return;
    }
    long entry = next;
    set(entry, KEY_LENGTH, key.length);
    set(entry, VALUE_LENGTH, value.length);
    set(entry, LENGTH, (int) length | UNWRITTEN);
    set(entry, HASH, hash);
    ByteBuffer buffer = segments.buffer(entry);
    buffer.put(Segments.at(entry) + KEY, key);
    buffer.put(Segments.at(entry) + KEY + key.length, value);
    next = entry + length;
    place(entry, hash);
  }

  /** Moves on to where an entry of this length can lie, if there is memory at all: what is in its way leaves. */
  private boolean makeRoom(long length) {
    int left = Segments.BYTES - Segments.at(next);
    long begin = length <= left ? next : next + left;
    if (begin == segments.end()) {
      full = !grow();
      if (segments.count() == 0) {
        return false;
      }
      if (full) {
        leave(segments.start() + Segments.BYTES);
        segments.turn();
      }
    }
    if (begin > next) {
      set(next, KEY_LENGTH, NOTHING_MORE);
    }
    next = begin;
    if (full) { // what lies in the oldest segment leaves bit by bit, and not all of it when its memory is needed
      leave(next + length - (segments.count() - 1L) * Segments.BYTES);
    }
    return true;
  }

  /** Lets what begins before a position leave. */
  private void leave(long position) {
    while (oldest < position) {
      handOn(oldest);
      oldest = after(oldest);
    }
  }

  private void place(long entry, int hash) {
    int group = index.group(hash);
    int taken = group;
    for (int place = group + 1; place < group + WAYS; place++) {
      taken = entryAt(place) < entryAt(taken) ? place : taken;
    }
    long before = entryAt(taken);
    if (before >= oldest) {
      handOn(before);
      set(before, LENGTH, length(before) | DEAD);
    }
    index.places.put(taken, tag(hash) << TAG_SHIFT | entry / ALIGNMENT + 1);
  }

  /** Takes another segment if there is memory for it. */
  private boolean grow() {
    int more = segments.count() == 0 ? FEWEST_SEGMENTS : 1;
    int all = segments.count() + more;
    int indexed = index.segments >= all ? index.segments : all + all / 4;
    if (all > Segments.MOST || !allowance.take((long) more * Segments.BYTES + Index.bytes(indexed) - Index.bytes(index.segments))) {
      return false;
    }
    for (int i = 0; i < more; i++) {
      segments.add();
    }
    if (indexed > index.segments) {
      index.free();
      index = Index.of(indexed);
      for (long entry = oldest; entry < next; entry = after(entry)) {
        if (!isGap(entry) && (number(entry, LENGTH) & DEAD) == 0) {
          place(entry, number(entry, HASH));
        }
      }
    }
    return true;
  }

  private void kill(long entry) {
    int place = index.group(number(entry, HASH));
    while (entryAt(place) != entry) {
      place++;
    }
    index.places.put(place, 0);
    set(entry, LENGTH, length(entry) | DEAD);
  }

  private long find(byte[] key, int hash) {
    int group = index.group(hash);
    for (int place = group; place < group + WAYS; place++) {
      if (index.places.get(place) >>> TAG_SHIFT == tag(hash)) {
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
    return ((index.places.get(place) & ENTRY_BITS) - 1) * ALIGNMENT;
  }

  private boolean isKey(long entry, byte[] key) {
    if (number(entry, KEY_LENGTH) != key.length) {
      return false;
    }
    ByteBuffer buffer = segments.buffer(entry);
    int at = Segments.at(entry) + KEY;
    int i = 0;
    for (; i <= key.length - Long.BYTES; i += Long.BYTES) {
      if (buffer.getLong(at + i) != (long) LONG.get(key, i)) {
        return false;
      }
    }
    for (; i < key.length; i++) {
      if (buffer.get(at + i) != key[i]) {
        return false;
      }
    }
    return true;
  }

  private byte[] key(long entry) {
    byte[] key = new byte[number(entry, KEY_LENGTH)];
    segments.buffer(entry).get(Segments.at(entry) + KEY, key);
    return key;
  }

  private byte[] value(long entry) {
    byte[] value = new byte[number(entry, VALUE_LENGTH)];
    segments.buffer(entry).get(Segments.at(entry) + KEY + number(entry, KEY_LENGTH), value);
    return value;
  }

  private static int hash(byte[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  private static long tag(int hash) {
    return hash & 0xFFFF;
  }

  private boolean isGap(long entry) {
    return number(entry, KEY_LENGTH) == NOTHING_MORE;
  }

  private int length(long entry) {
    return number(entry, LENGTH) & ~FLAGS;
  }

  private long after(long entry) {
    return entry + (isGap(entry) ? Segments.BYTES - Segments.at(entry) : length(entry));
  }

  private int number(long entry, int which) {
    return segments.buffer(entry).getInt(Segments.at(entry) + which);
  }

  private void set(long entry, int which, int number) {
    segments.buffer(entry).putInt(Segments.at(entry) + which, number);
  }

  /** Forgets all, written or not, and gives its memory back. It may be used again. */
  @Override
  public void close() {
    allowance.give((long) segments.count() * Segments.BYTES + Index.bytes(index.segments));
    segments.close();
    index.free();
    segments = new Segments();
    index = Index.NONE;
    oldest = 0;
    next = 0;
    full = false;
  }
}
