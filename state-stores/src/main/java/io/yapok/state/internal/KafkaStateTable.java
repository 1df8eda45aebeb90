package io.yapok.state.internal;

import io.yapok.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** In a store of Kafka Streams, which also writes the changelog. Changes are kept until {@link #flush} and then put together: a store takes a batch at half the price of its puts. */
public final class KafkaStateTable implements StateTable {
  private final KeyValueStore<Bytes, byte[]> store;
  private final List<KeyValue<Bytes, byte @Nullable []>> changes = new ArrayList<>();

  /** Over a store that nobody else changes as long as this is used. */
  public KafkaStateTable(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void delete(byte[] key) {
    changes.add(KeyValue.pair(Bytes.wrap(key), null));
  }

  /** Goes by what is stored, which is all there is once a run is flushed. */
  @Override
  public boolean scan(byte @Nullable [] after, Entries entries) {
    try (KeyValueIterator<Bytes, byte[]> found = entriesAfter(store, after)) {
      while (found.hasNext()) {
        KeyValue<Bytes, byte[]> entry = found.next();
        if (!entries.take(entry.key.get(), entry.value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** A store's entries from the one behind a key on, of which there need not be one; all if there is no key. */
  static KeyValueIterator<Bytes, byte[]> entriesAfter(KeyValueStore<Bytes, byte[]> store, byte @Nullable [] key) {
    Bytes from = key == null ? null : Bytes.wrap(Arrays.copyOf(key, key.length + 1)); // with a zero behind it: the least of all keys that come after
    return store.range(from, null);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    changes.add(KeyValue.pair(Bytes.wrap(key), value));
  }

  @Override
  public void flush() {
    store.putAll(changes);
    changes.clear();
  }

  @Override
  public void close() {
    WriteBehindStore.release(store);
  }
}
