package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoded rows of one table, so that those looked up again and again are decoded once. Bounded by what they take of the heap; what is found is what a look-up now would find. Belongs to one thread.
 *
 * <p>A key's entries stand in one of eight places that its hash says. What changed, or is of a task that this thread does not have any more, is not found and its
 * place is taken again.
 */
public final class RowCache {
  private static final int WAYS = 8;
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_ENTRIES = 1 << 17;
  private static final int FEWEST_ENTRIES = 1 << 8;

  /** The heap that an entry takes beside its row: itself, its key, its place. */
  private static final int ENTRY_BYTES = 160;

  private final @Nullable Entry[] entries;

  /** The entries' hashes, side by side: entries lie all over the heap, and of eight only one is looked at. */
  private final int[] hashes;

  private final long maxBytes;
  private long bytes;
  private int turn;
  private int hand;

  /**
   * What was found for a key.
   *
   * @param head of the key, its first eight bytes: a shorter one, as most are, need not be fetched from memory to be compared
   * @param length of the key
   * @param hash of the key
   * @param changes of the rows among which it was found: those of a task, or those of a global table that all tasks share
   * @param stamp of the key's hash, taken before it was looked up
   * @param from since when it holds, and until when
   * @param row decoded; null for a record that is to be rejected
   * @param problem why; empty where there is a row
   */
  public record Entry(byte[] key, long head, int length, int hash, RowChanges changes, int stamp, long from, long until, @Nullable DecodedRow row, String problem) {
    /** An entry of a key that is nobody else's. */
    public Entry(byte[] key, int hash, RowChanges changes, int stamp, long from, long until, @Nullable DecodedRow row, String problem) {
      this(key, head(key, 0, key.length), key.length, hash, changes, stamp, from, until, row, problem);
    }

    /** Whether this is of a key that stands among these bytes. */
    public boolean isOf(byte[] bytes, int offset, int length) {
      return this.length == length && head == head(bytes, offset, length) && (length <= Long.BYTES || Arrays.equals(key, 0, length, bytes, offset, offset + length));
    }

    private static long head(byte[] bytes, int offset, int length) {
      if (length >= Long.BYTES) {
        return (long) LONGS.get(bytes, offset);
      }
      long head = 0;
      for (int i = offset; i < offset + length; i++) {
        head = (head << Byte.SIZE) | (bytes[i] & 0xFF);
      }
      return head;
    }

    boolean holds(RowChanges now, int stampNow, long timestamp) {
      return changes == now && stamp == stampNow && timestamp >= from && timestamp < until;
    }

    /** Whether this does not hold any more, or is a part of another that was found later for a key of its hash. */
    boolean isOutdatedBy(Entry later) {
      return hash == later.hash && (from == later.from || !holds(later.changes, later.stamp, from));
    }

    long bytes() {
      return ENTRY_BYTES + key.length + 2L * problem.length() + (row == null ? 0 : row.size());
    }
  }

  /**
   * An empty cache.
   *
   * @param maxBytes what it may take of the heap
   * @param rowBytes what a row takes at least
   */
  public RowCache(long maxBytes, long rowBytes) {
    long fitting = Math.clamp(maxBytes / (ENTRY_BYTES + rowBytes), FEWEST_ENTRIES, MOST_ENTRIES);
    this.entries = new Entry[Math.toIntExact(2 * Long.highestOneBit(fitting))]; // more places than entries, or keys whose sets are full would be looked up again and again
    this.hashes = new int[entries.length];
    this.maxBytes = maxBytes;
  }

  /** What is known of a key as of a timestamp; null if nothing, or nothing that still holds. */
  public @Nullable Entry find(byte[] key, int offset, int length, int hash, RowChanges changes, long timestamp) {
    int set = set(hash);
    int same = 0;
    for (int way = 0; way < WAYS; way++) { // without a branch: one that goes now this way and now that would wait for each key's hashes to come from memory
      same |= (hashes[set + way] == hash ? 1 : 0) << way;
    }
    for (; same != 0; same &= same - 1) {
      Entry entry = entries[set + Integer.numberOfTrailingZeros(same)];
      if (entry != null && entry.isOf(key, offset, length) && entry.holds(changes, changes.stamp(hash), timestamp)) {
        return entry;
      }
    }
    return null;
  }

  /** Keeps an entry, in the place of one that does not hold any more, or of any; not one that would take the room of many. */
  public void keep(Entry added) {
    if (added.bytes() > maxBytes >> 10) {
      return;
    }
    put(place(added), added);
    while (bytes > maxBytes) { // keys and texts are longer than was reckoned with
      put(hand++ & (entries.length - 1), null);
    }
  }

  private int place(Entry added) {
    int set = set(added.hash);
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries[i];
      if (entry == null || entry.isOutdatedBy(added)) {
        return i;
      }
    }
    return set + (turn++ & (WAYS - 1));
  }

  private void put(int place, @Nullable Entry entry) {
    Entry before = entries[place];
    bytes += (entry == null ? 0 : entry.bytes()) - (before == null ? 0 : before.bytes());
    entries[place] = entry;
    hashes[place] = entry == null ? 0 : entry.hash;
  }

  private int set(int hash) {
    return hash & (entries.length - 1) & -WAYS;
  }
}
