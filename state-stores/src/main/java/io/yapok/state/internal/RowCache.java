package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import io.yapok.state.TableRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decoded rows of one table, so that those looked up again and again are decoded once. Bounded; what is found is what a look-up now would find. Belongs to one thread.
 *
 * <p>A key's entries stand in one of four places that its hash says. What changed, or is of a task that this thread does not have any more, is not found and its
 * place is taken again.
 */
public final class RowCache {
  private static final int WAYS = 4;
  private static final int MOST_ENTRIES = 1 << 17;
  private static final int FEWEST_ENTRIES = 1 << 8;

  /** The heap that an entry takes beside its row: itself, its key, its place. */
  private static final int ENTRY_BYTES = 160;

  private final @Nullable Entry[] entries;
  private int turn;

  /**
   * What was found for a key.
   *
   * @param rows where
   * @param stamp of the key's hash, taken before it was looked up
   * @param from since when it holds, and until when
   * @param row decoded; null for a record that is to be rejected
   * @param problem why; empty where there is a row
   */
  public record Entry(byte[] key, int hash, TableRows rows, int stamp, long from, long until, @Nullable DecodedRow row, String problem) {
    /** Whether this is of a key that stands among these bytes. */
    public boolean isOf(byte[] bytes, int offset, int length) {
      return key.length == length && Arrays.equals(key, 0, length, bytes, offset, offset + length);
    }

    @SuppressWarnings("ReferenceEquality") // rows are a task's: others with the same content may change otherwise
    boolean holds(TableRows now, int stampNow, long timestamp) {
      return rows == now && stamp == stampNow && timestamp >= from && timestamp < until;
    }

    /** Whether this does not hold any more, or is a part of another that was found later for a key of its hash. */
    boolean isOutdatedBy(Entry later) {
      return hash == later.hash && (from == later.from || !holds(later.rows, later.stamp, from));
    }
  }

  /**
   * An empty cache.
   *
   * @param maxBytes what it may take of the heap, if each row takes {@code rowBytes}
   */
  public RowCache(long maxBytes, long rowBytes) {
    long fitting = Math.clamp(maxBytes / (ENTRY_BYTES + rowBytes), FEWEST_ENTRIES, MOST_ENTRIES);
    this.entries = new Entry[Math.toIntExact(Long.highestOneBit(fitting))];
  }

  /** What is known of a key as of a timestamp; null if nothing, or nothing that still holds. */
  public @Nullable Entry find(byte[] bytes, int offset, int length, int hash, TableRows rows, long timestamp) {
    RowChanges changes = rows.changes();
    int set = set(hash);
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries[i];
      if (entry != null && entry.hash == hash && entry.isOf(bytes, offset, length) && entry.holds(rows, changes.stamp(hash), timestamp)) {
        return entry;
      }
    }
    return null;
  }

  /** Keeps an entry, in the place of one that does not hold any more, or of any. */
  public void keep(Entry added) {
    int set = set(added.hash);
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries[i];
      if (entry == null || entry.isOutdatedBy(added)) {
        entries[i] = added;
        return;
      }
    }
    entries[set + (turn++ & (WAYS - 1))] = added;
  }

  private int set(int hash) {
    return hash & (entries.length - 1) & -WAYS;
  }
}
