package io.yapok.state.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.Layout;
import io.yapok.state.RowChanges;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoded rows of one table, so that those looked up again and again are decoded once. Bounded by what they take; what is found is what a look-up now would find. Belongs to one thread.
 *
 * <p>A row lies outside the heap beside its key and what tells whether it still holds, in a slot of a few lines of the processor's cache: a request looks up hundreds of rows that are seldom
 * in that cache, and waits for each line of them. A key's slot is named in one of eight places that its hash says, which are one line too. What changed, or is of a task that this thread does
 * not have any more, is not found and its place is taken again.
 */
public final class RowCache {
  /** The slot of no key. Its row is zeros and empty texts: what the rows of a rejected record are filled with. */
  public static final int NONE = 0;

  /** The slot of what is not kept, until the next is looked up. */
  private static final int UNKEPT = 1;

  /** A line of the processor's cache; two of them are often fetched together. */
  private static final int LINE = 64;

  // A slot: since when it holds and until when, of which key and among whose rows; the key's beginning, padded with zeros; the row.
  private static final int FROM = 0;
  private static final int UNTIL = 8;
  private static final int LENGTH = 16;
  private static final int STAMP = 20;
  private static final int CHANGES = 24;
  private static final int REJECTS = 28;
  private static final int KEY = 32;
  private static final int KEY_BYTES = 24;
  private static final int ROW = KEY + KEY_BYTES;

  /** In place of a key's length. */
  private static final int OF_NO_KEY = -1;

  /** Slots are made as they are needed, so many bytes at a time; a power of two of them. */
  private static final int CHUNK_BYTES = 1 << 17;

  // A set: the hashes of eight keys and behind them their slots; NONE where a place is empty.
  private static final int WAYS = 8;
  private static final int SET = 2 * WAYS;

  private static final int MOST_SLOTS = 1 << 17;
  private static final int FEWEST_SLOTS = 1 << 8;

  /** No entry may take more of the room than this part. */
  private static final int LARGEST_SHARE = 1 << 10;

  private static final byte[] NOTHING = {};

  private final RowLayout layout;
  private final int slotBytes;
  private final int chunkShift;
  private final int places;
  private final IntBuffer sets;
  private final long maxBytes;

  /** The slots, some in each buffer, and what of their entries does not lie in them. */
  private ByteBuffer[] chunks = {};

  private Beside[] besides = {};

  private long bytes;
  private int slots;

  /** The slot that was given up last, which names the one before in place of its stamp. */
  private int free = NONE;

  private int turn;
  private int hand;

  /**
   * What is too long for a slot.
   *
   * @param key all of it, where a part is
   * @param texts the elements of pooled columns, one after the other
   * @param problem why a record that asks for the key is to be rejected; empty where there is a row
   */
  private record Beside(byte[] key, byte[][] texts, String problem) {
    static final Beside NOTHING = new Beside(RowCache.NOTHING, RowLayout.NO_TEXTS, "");

    /** What it takes of the heap, about. */
    long bytes() {
      long sum = key.length + 2L * problem.length();
      for (byte[] text : texts) {
        sum += text.length + 3L * Long.BYTES;
      }
      return sum == 0 ? 0 : sum + 8L * Long.BYTES;
    }
  }

  /**
   * An empty cache.
   *
   * @param maxBytes what its entries may take
   * @param row of the table
   */
  public RowCache(long maxBytes, Layout row) {
    this.layout = new RowLayout(row);
    this.slotBytes = (ROW + layout.bytes() + LINE - 1) & -LINE;
    this.chunkShift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_BYTES / slotBytes));
    this.maxBytes = maxBytes;
    long fitting = Math.clamp(maxBytes / slotBytes, FEWEST_SLOTS, MOST_SLOTS);
    this.places = 2 * Math.toIntExact(Long.highestOneBit(fitting)); // about twice as many as slots, or keys whose sets are full would be looked up again and again
    this.sets = allot(places / WAYS * SET * Integer.BYTES).asIntBuffer();
    int none = freshSlot();
    chunk(none).putInt(at(none) + LENGTH, OF_NO_KEY);
    besides[none] = new Beside(NOTHING, layout.blankTexts(), "");
    freshSlot(); // UNKEPT
  }

  private static ByteBuffer allot(int size) {
    return ByteBuffer.allocateDirect(size + 2 * LINE).alignedSlice(2 * LINE).order(ByteOrder.nativeOrder());
  }

  /**
   * The slot of a key of this hash, as of a timestamp; seldom of another key, or {@link #NONE} though there is one, so {@link #isOf} is to be asked, and {@link #find} if it says no. This needs no
   * key and next to no branches: one after the other, many such look-ups wait for memory together.
   */
  public int guess(int hash, RowChanges changes, long timestamp) {
    int set = set(hash);
    int slot = sets.get(set + WAYS + Integer.numberOfTrailingZeros(same(set, hash) | 1 << (WAYS - 1)));
    return holds(slot, changes.id(), changes.stamp(hash), timestamp) ? slot : NONE;
  }

  /** Which places of a set have this hash. */
  private int same(int set, int hash) {
    int same = 0;
    for (int way = 0; way < WAYS; way++) { // without a branch: one that goes now this way and now that would wait for each key's hashes to come from memory
      same |= (sets.get(set + way) == hash ? 1 : 0) << way;
    }
    return same;
  }

  /** The slot of what is known of a key as of a timestamp, good until the next call of {@link #keep}; else {@link #NONE}. */
  public int find(byte[] key, int offset, int length, int hash, RowChanges changes, long timestamp) {
    int set = set(hash);
    for (int same = same(set, hash); same != 0; same &= same - 1) {
      int slot = sets.get(set + Integer.numberOfTrailingZeros(same) + WAYS);
      if (slot != NONE && isOf(slot, key, offset, length) && holds(slot, changes.id(), changes.stamp(hash), timestamp)) {
        return slot;
      }
    }
    return NONE;
  }

  /** Whether a slot is of the key that stands among these bytes. */
  public boolean isOf(int slot, byte[] bytes, int offset, int length) {
    ByteBuffer memory = chunk(slot);
    int at = at(slot);
    if (memory.getInt(at + LENGTH) != length) {
      return false;
    }
    int within = Math.min(length, KEY_BYTES);
    for (int i = 0; i < within; i += Long.BYTES) {
      if (memory.getLong(at + KEY + i) != Words.at(bytes, offset + i, offset + within)) {
        return false;
      }
    }
    return length <= KEY_BYTES || Arrays.equals(besides[slot].key, 0, length, bytes, offset, offset + length);
  }

  private boolean holds(int slot, int changes, int stamp, long timestamp) {
    ByteBuffer memory = chunk(slot);
    int at = at(slot);
    return memory.getInt(at + CHANGES) == changes && memory.getInt(at + STAMP) == stamp && timestamp >= memory.getLong(at + FROM) && timestamp < memory.getLong(at + UNTIL);
  }

  /** Whether a record that asks for the slot's key is to be rejected. */
  public boolean rejects(int slot) {
    return chunk(slot).getInt(at(slot) + REJECTS) != 0;
  }

  /** Why it {@link #rejects}. */
  public String problem(int slot) {
    return besides[slot].problem;
  }

  /**
   * Writes a slot's row as a row of a batch's columns: the next one of those that are pooled.
   *
   * @param columns of the table's row, in its order, with room for the row where they are not pooled
   */
  public void write(int slot, List<Column> columns, int row) {
    layout.write(chunk(slot), at(slot) + ROW, layout.hasTexts() ? besides[slot].texts : RowLayout.NO_TEXTS, columns, row);
  }

  /**
   * Keeps what was found for a key, in the place of what does not hold any more, or of anything; until the next call only, if it would take the room of many.
   *
   * @param key is not changed afterwards
   * @param changes of the rows among which it was found: those of a task, or those of a global table that all tasks share
   * @param stamp of the key's hash, taken before it was looked up
   * @param from since when it holds, and until when
   * @param found has it as its first row; null for a record that is to be rejected
   * @param problem why; empty where there is a row
   * @return its slot, good until the next call
   */
  public int keep(byte[] key, int hash, RowChanges changes, int stamp, long from, long until, @Nullable Batch found, String problem) {
    byte[][] texts = found == null ? RowLayout.NO_TEXTS : layout.texts(found);
    boolean fits = key.length <= KEY_BYTES && texts.length == 0 && problem.isEmpty();
    Beside beside = fits ? Beside.NOTHING : new Beside(key.length <= KEY_BYTES ? NOTHING : key, texts, problem);
    int slot = UNKEPT;
    if (slotBytes + beside.bytes() <= maxBytes / LARGEST_SHARE) {
      slot = makeRoom(slotBytes + beside.bytes(), hash, changes.id(), stamp, from);
    }
    keepAt(slot, key, changes.id(), stamp, from, until, found, beside);
    return slot;
  }

  private void keepAt(int slot, byte[] key, int changes, int stamp, long from, long until, @Nullable Batch found, Beside beside) {
    ByteBuffer memory = chunk(slot);
    int at = at(slot);
    memory.putLong(at + FROM, from).putLong(at + UNTIL, until);
    memory.putInt(at + LENGTH, key.length).putInt(at + STAMP, stamp).putInt(at + CHANGES, changes).putInt(at + REJECTS, beside.problem.isEmpty() ? 0 : 1);
    for (int i = 0; i < KEY_BYTES; i += Long.BYTES) {
      memory.putLong(at + KEY + i, Words.at(key, i, Math.min(key.length, KEY_BYTES)));
    }
    if (found != null) {
      layout.read(found, memory, at + ROW);
    }
    besides[slot] = beside;
  }

  /** A slot for an entry of so many bytes, which its place names already. */
  private int makeRoom(long size, int hash, int changes, int stamp, long from) {
    while (bytes + size > maxBytes) { // keys and texts are longer than was reckoned with
      int place = hand++ & (places - 1);
      giveUp(place / WAYS * SET + place % WAYS);
    }
    int place = place(hash, changes, stamp, from);
    giveUp(place);
    int slot = free;
    if (slot == NONE) {
      slot = freshSlot();
    } else {
      free = chunk(slot).getInt(at(slot) + STAMP);
    }
    bytes += size;
    sets.put(place, hash).put(place + WAYS, slot);
    return slot;
  }

  /** One that is empty, or has what does not hold any more or is a part of what was found now, or else any. */
  private int place(int hash, int changes, int stamp, long from) {
    int set = set(hash);
    for (int place = set; place < set + WAYS; place++) {
      int slot = sets.get(place + WAYS);
      if (slot == NONE || (sets.get(place) == hash && isOutdatedBy(slot, changes, stamp, from))) {
        return place;
      }
    }
    return set + (turn++ & (WAYS - 1));
  }

  private boolean isOutdatedBy(int slot, int changes, int stamp, long from) {
    long since = chunk(slot).getLong(at(slot) + FROM);
    return since == from || !holds(slot, changes, stamp, since);
  }

  private void giveUp(int place) {
    int slot = sets.get(place + WAYS);
    if (slot != NONE) {
      bytes -= slotBytes + besides[slot].bytes();
      besides[slot] = Beside.NOTHING;
      chunk(slot).putInt(at(slot) + LENGTH, OF_NO_KEY).putInt(at(slot) + STAMP, free);
      free = slot;
      sets.put(place, 0).put(place + WAYS, NONE);
    }
  }

  private int freshSlot() {
    if (slots == besides.length) {
      chunks = Arrays.copyOf(chunks, chunks.length + 1);
      chunks[chunks.length - 1] = allot(slotBytes << chunkShift);
      besides = Arrays.copyOf(besides, chunks.length << chunkShift);
      Arrays.fill(besides, slots, besides.length, Beside.NOTHING);
    }
    return slots++;
  }

  private ByteBuffer chunk(int slot) {
    return chunks[slot >>> chunkShift];
  }

  private int at(int slot) {
    return (slot & ((1 << chunkShift) - 1)) * slotBytes;
  }

  private int set(int hash) {
    return (hash & (places - 1)) / WAYS * SET;
  }
}
