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

/** In a store of Kafka Streams, which also writes the changelog. Changes are kept until {@link #flush} and then put together: RocksDB takes a batch at half the price of its puts. */
public final class KafkaStateTable implements StateTable {
  private final KeyValueStore<Bytes, byte[]> store;
  private final RecentValues recent;
  private final List<KeyValue<Bytes, byte @Nullable []>> changes = new ArrayList<>();

  /** Over a store that nobody else changes; what was put last is kept at hand as far as the allowance goes. */
  public KafkaStateTable(KeyValueStore<Bytes, byte[]> store, Allowance allowance) {
    this.store = store;
    this.recent = new RecentValues(allowance);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] value = recent.get(key);
    return value == null ? store.get(Bytes.wrap(key)) : value;
  }

  @Override
  public void delete(byte[] key) {
    changes.add(KeyValue.pair(Bytes.wrap(key), null));
  }

  /** Goes by what is stored, which is all there is once a run is flushed. */
  @Override
  public boolean scan(byte @Nullable [] after, Entries entries) {
    Bytes from = after == null ? null : Bytes.wrap(Arrays.copyOf(after, after.length + 1)); // with a zero behind it: the least of all keys that come after
    try (KeyValueIterator<Bytes, byte[]> found = store.range(from, null)) {
      while (found.hasNext()) {
        KeyValue<Bytes, byte[]> entry = found.next();
        if (!entries.take(entry.key.get(), entry.value)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    changes.add(KeyValue.pair(Bytes.wrap(key), value));
  }

  @Override
  public void flush() {
    store.putAll(changes);
    for (KeyValue<Bytes, byte @Nullable []> change : changes) {
      if (change.value == null) {
        recent.remove(change.key.get());
      } else {
        recent.put(change.key.get(), change.value);
      }
    }
    changes.clear();
  }

  @Override
  public void close() {
    recent.close();
  }
}
