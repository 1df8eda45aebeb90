package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import io.yapok.state.TableRows;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.VersionedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The versions of each key's row, in a store of Kafka Streams that keeps them for a while: as far back from the newest timestamp of all keys as its history, and the
 * newest version of each key for ever. The store logs a warning for each record beyond that; here such are told from others before it is asked.
 */
public final class VersionedRows implements TableRows {
  private final VersionedKeyValueStore<Bytes, byte[]> store;
  private final long history;
  private final RowChanges changes = new RowChanges();

  /** Of what was put since this was made; 0 before, since the store does not say what it had seen. */
  private long newest;

  public VersionedRows(VersionedKeyValueStore<Bytes, byte[]> store, long history) {
    this.store = store;
    this.history = history;
  }

  @Override
  public Version find(byte[] key, long timestamp) {
    boolean kept = timestamp >= newest - history;
    VersionedRecord<byte[]> latest = store.get(Bytes.wrap(key));
    if (latest != null && latest.timestamp() <= timestamp) {
      return new Version(latest.value(), latest.timestamp(), Long.MAX_VALUE, false);
    }
    VersionedRecord<byte[]> found = kept ? store.get(Bytes.wrap(key), timestamp) : null;
    if (found != null) {
      return new Version(found.value(), found.timestamp(), timestamp + 1, false); // until when it held the store does not say
    }
    return new Version(null, timestamp, timestamp + 1, !kept);
  }

  @Override
  public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
    if (timestamp < newest - history) {
      return false;
    }
    newest = Math.max(newest, timestamp);
    boolean put = store.put(Bytes.wrap(key), value, timestamp) != VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT;
    changes.changed(key);
    return put;
  }

  @Override
  public RowChanges changes() {
    return changes;
  }
}
