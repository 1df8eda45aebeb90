package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import io.yapok.state.TableRows;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The newest row of each key, in a store of Kafka Streams. Of a global table each stream thread has one of these, and the thread that fills the store another. */
public final class LatestRows implements TableRows {
  private final KeyValueStore<Bytes, byte[]> store;
  private final RowChanges changes;

  public LatestRows(KeyValueStore<Bytes, byte[]> store, RowChanges changes) {
    this.store = store;
    this.changes = changes;
  }

  @Override
  public Version find(byte[] key, long timestamp) {
    return Version.always(store.get(Bytes.wrap(key)));
  }

  @Override
  public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
    store.put(Bytes.wrap(key), value);
    changes.changed(key);
    return true;
  }

  @Override
  public RowChanges changes() {
    return changes;
  }
}
