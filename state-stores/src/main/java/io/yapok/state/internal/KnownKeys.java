package io.yapok.state.internal;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.datasketches.filters.bloomfilter.BloomFilter;
import org.apache.datasketches.filters.bloomfilter.BloomFilterBuilder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a store may have, so that a new one need not be asked for: RocksDB's Java part answers that by throwing in native code, which costs as much again as the search, beside all filters of RocksDB's own.
 *
 * <p>Nothing is known until a good part of all questions have found nothing. Then the store's keys are read, some at each write, while each key that is written meanwhile is noted; when all have been read, a
 * key that was neither read nor noted is not there. Deleted keys stay known, until all is learnt anew because they take too much room. The filters are outside the heap. For one thread at a time.
 */
final class KnownKeys implements AutoCloseable {
  /** After so many questions it is decided whether to learn. */
  private static final int WINDOW = 4096;

  /** Questions of a window that must have found nothing. */
  private static final int WORTH_IT = WINDOW / 4;

  /** Keys read at each write: about a millisecond. */
  private static final int CHUNK = 1000;

  /** New keys that are asked for all the same. */
  private static final double ERRORS = 0.01;

  /** Keys for which the first filter has room; each other one has twice as much as the one before. */
  private static final long FIRST_KEYS = 1 << 16;

  private final Allowance allowance;
  private final List<Filter> filters = new ArrayList<>();
  private Phase phase = Phase.UNKNOWN;
  private int asked;
  private int missed;
  private long noted;
  private long deleted;

  /** The last key read. */
  private byte @Nullable [] read;

  private enum Phase {
    UNKNOWN,
    LEARNING,
    KNOWN,
    /** It cannot be known: there is no memory for it, or not all keys can be read. */
    NEVER
  }

  /** A filter with its memory, shared since whoever closes a task need not be the thread that ran it. */
  private static final class Filter {
    private final Arena arena = Arena.ofShared();
    private final BloomFilter keys;
    private final long bytes;
    private long room;

    Filter(long room, long bytes) {
      this.keys = BloomFilterBuilder.initializeByAccuracy(room, ERRORS, arena.allocate(bytes, Long.BYTES));
      this.bytes = bytes;
      this.room = room;
    }
  }

  /** Nothing known yet, of a store that is asked and written by whoever calls this. */
  KnownKeys(Allowance allowance) {
    this.allowance = allowance;
  }

  /** Whether the store may have a key; if not, it has not. */
  boolean mayHave(byte[] key) {
    return phase != Phase.KNOWN || isNoted(key);
  }

  /** Tells what became of a question to the store. */
  void asked(boolean found) {
    asked++;
    missed += found ? 0 : 1;
    if (asked == WINDOW) {
      if (phase == Phase.UNKNOWN && missed >= WORTH_IT) {
        phase = Phase.LEARNING;
      }
      asked = 0;
      missed = 0;
    }
  }

  /** Notes a change that is about to be written to the store. */
  void written(KeyValue<Bytes, byte @Nullable []> change) {
    if (change.value == null) {
      deleted += phase == Phase.KNOWN ? 1 : 0;
    } else {
      note(change.key.get());
    }
  }

  private void note(byte[] key) {
    if ((phase != Phase.LEARNING && phase != Phase.KNOWN) || isNoted(key)) {
      return;
    }
    if ((filters.isEmpty() || filters.getLast().room == 0) && !grow()) {
      runOut();
      return;
    }
    Filter last = filters.getLast();
    last.keys.update(key);
    last.room--;
    noted++;
  }

  /** Starts over where at least half of what is noted was deleted since, which pays for reading the other half again. */
  private void runOut() {
    if (phase == Phase.KNOWN && deleted >= noted / 2) {
      close();
    } else {
      giveUp();
    }
  }

  /** Reads some more keys of the store, if they are being learnt. */
  void learn(KeyValueStore<Bytes, byte[]> store) {
    if (phase != Phase.LEARNING) {
      return;
    }
    try (KeyValueIterator<Bytes, byte[]> keys = KafkaStateTable.entriesAfter(store, read)) {
      for (int i = 0; i < CHUNK && keys.hasNext(); i++) {
        read = keys.next().key.get();
        note(read);
      }
      if (phase == Phase.LEARNING && !keys.hasNext()) {
        end(store);
      }
    }
  }

  /** An iterator of Kafka Streams ends without a word where a block cannot be read, so the last key is looked for from the other end too. */
  private void end(KeyValueStore<Bytes, byte[]> store) {
    try (KeyValueIterator<Bytes, byte[]> backwards = store.reverseAll()) {
      boolean all = backwards.hasNext() ? read != null && Arrays.compareUnsigned(backwards.next().key.get(), read) <= 0 : store.approximateNumEntries() == 0;
      if (all) {
        phase = Phase.KNOWN;
      } else {
        giveUp();
      }
    }
  }

  private boolean isNoted(byte[] key) {
    if (key.length == 0) {
      return true; // no filter takes it
    }
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i).keys.query(key)) {
        return true;
      }
    }
    return false;
  }

  private boolean grow() {
    long room = FIRST_KEYS << filters.size();
    long bytes = BloomFilterBuilder.getSerializedFilterSizeByAccuracy(room, ERRORS);
    if (!allowance.take(bytes)) {
      return false;
    }
    filters.add(new Filter(room, bytes));
    return true;
  }

  private void giveUp() {
    close();
    phase = Phase.NEVER;
  }

  /** Forgets all and gives its memory back: the store is about to be written by somebody else. It may be used again. */
  @Override
  public void close() {
    for (Filter filter : filters) {
      filter.arena.close();
      allowance.give(filter.bytes);
    }
    filters.clear();
    phase = Phase.UNKNOWN;
    read = null;
    asked = 0;
    missed = 0;
    noted = 0;
    deleted = 0;
  }
}
