package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import io.yapok.state.TableRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The versions of each key's row, in a store of Kafka Streams: as far back from the newest timestamp of all keys as its history, and a thirty-second of that more; the
 * newest version of each key for ever. What is beyond that is deleted bit by bit as rows are put, so that it adds about a third at most.
 *
 * <p>Each version has an entry of its own, so that its changelog can be compacted at any time. Kafka's own store of versions has one changelog record a key, which is
 * compacted to the row that came last, and after a restart on its disk it finds only the newest versions (4.3.1).
 */
public final class VersionedRows implements TableRows {
  /** How many puts there are from one look for what may go to the next, and at how many entries that looks: four for each put. */
  private static final int PUTS_BETWEEN_SWEEPS = 32;

  private static final int ENTRIES_A_SWEEP = 128;

  /** So many versions are stepped over before another seek is dearer than the steps. */
  private static final int NEAR = 16;

  private static final Bytes NEWEST = Bytes.wrap(new byte[] {-1});
  private static final byte[] DELETED = {};

  private final KeyValueStore<Bytes, byte[]> store;
  private final long history;
  private final RowChanges changes = new RowChanges();

  /** The newest timestamp is stored when it has advanced by so much, and counts as if it had. */
  private final long grain;

  private long newest;
  private int puts;
  private Bytes sweepFrom = VersionKey.FIRST;

  /** Of a whole round: so a version never goes before those of its key that are older. */
  private long sweepHorizon;

  /** Over what a store of this history has. */
  public VersionedRows(KeyValueStore<Bytes, byte[]> store, long history) {
    this.store = store;
    this.history = history;
    this.grain = history / 32 + 1;
    byte[] known = store.get(NEWEST);
    this.newest = known == null ? 0 : ByteBuffer.wrap(known).getLong();
    this.sweepHorizon = horizon();
  }

  /** For timestamps from this one on, every version is known. */
  private long horizon() {
    return newest - grain - history;
  }

  @Override
  public Version find(byte[] key, long timestamp) {
    boolean known = timestamp >= horizon();
    long until = Long.MAX_VALUE;
    try (KeyValueIterator<Bytes, byte[]> versions = store.reverseRange(VersionKey.of(key, 0), VersionKey.of(key, Long.MAX_VALUE))) {
      for (int i = 0; i < NEAR && versions.hasNext(); i++) {
        KeyValue<Bytes, byte[]> version = versions.next();
        long from = VersionKey.timestamp(version.key);
        if (from <= timestamp) {
          return found(version, until);
        }
        if (!known) {
          return forgotten(timestamp);
        }
        until = from;
      }
      if (!versions.hasNext()) {
        return known ? new Version(null, horizon(), until, false) : forgotten(timestamp);
      }
    }
    return findFar(key, timestamp);
  }

  private static Version found(KeyValue<Bytes, byte[]> version, long until) {
    return new Version(isDeletion(version) ? null : version.value, VersionKey.timestamp(version.key), until, false);
  }

  private static Version forgotten(long timestamp) {
    return new Version(null, timestamp, timestamp + 1, true);
  }

  /** For a timestamp that many versions are newer than: with a seek to each side of it. */
  private Version findFar(byte[] key, long timestamp) {
    long until = firstAfter(key, timestamp);
    try (KeyValueIterator<Bytes, byte[]> earlier = store.reverseRange(VersionKey.of(key, 0), VersionKey.of(key, timestamp))) {
      return earlier.hasNext() ? found(earlier.next(), until) : new Version(null, horizon(), until, false);
    }
  }

  private long firstAfter(byte[] key, long timestamp) {
    try (KeyValueIterator<Bytes, byte[]> later = store.range(VersionKey.of(key, timestamp + 1), VersionKey.of(key, Long.MAX_VALUE))) {
      return later.hasNext() ? VersionKey.timestamp(later.next().key) : Long.MAX_VALUE;
    }
  }

  @Override
  public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
    if (timestamp < horizon()) {
      return false;
    }
    if (timestamp > newest) {
      newest = timestamp > Long.MAX_VALUE - grain ? timestamp : (timestamp / grain + 1) * grain;
      store.put(NEWEST, ByteBuffer.allocate(Long.BYTES).putLong(newest).array());
    }
    store.put(VersionKey.of(key, timestamp), value == null ? DELETED : value);
    changes.changed(key);
    if (++puts % PUTS_BETWEEN_SWEEPS == 0) {
      sweep();
    }
    return true;
  }

  /** Deletes what no record that is answered can be joined with, from where the last look ended. */
  private void sweep() {
    List<Kept> looked = keptFrom(sweepFrom);
    boolean ended = looked.size() < ENTRIES_A_SWEEP;
    List<KeyValue<Bytes, byte[]>> expired = new ArrayList<>();
    for (int i = 0; i < looked.size(); i++) {
      Kept next = i + 1 < looked.size() ? looked.get(i + 1) : null;
      if ((next != null || ended) && isExpired(looked.get(i), next)) {
        expired.add(KeyValue.pair(looked.get(i).key(), null));
      }
    }
    sweepFrom = ended ? VersionKey.FIRST : looked.getLast().key();
    sweepHorizon = ended ? horizon() : sweepHorizon;
    store.putAll(expired);
  }

  private record Kept(Bytes key, boolean isDeletion) {}

  private List<Kept> keptFrom(Bytes from) {
    List<Kept> kept = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, VersionKey.BEYOND)) {
      while (kept.size() < ENTRIES_A_SWEEP && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        kept.add(new Kept(entry.key, isDeletion(entry)));
      }
    }
    return kept;
  }

  private boolean isExpired(Kept version, @Nullable Kept next) {
    if (next != null && VersionKey.areOfOneKey(version.key(), next.key())) {
      return VersionKey.timestamp(next.key()) <= sweepHorizon;
    }
    return version.isDeletion() && VersionKey.timestamp(version.key()) <= sweepHorizon;
  }

  private static boolean isDeletion(KeyValue<Bytes, byte[]> version) {
    return version.value.length == 0;
  }

  @Override
  public RowChanges changes() {
    return changes;
  }
}
