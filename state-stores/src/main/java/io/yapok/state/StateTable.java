package io.yapok.state;

import io.yapok.state.internal.KafkaStateTable;
import io.yapok.state.internal.MapStateTable;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Bytes by key: what {@link KeyState} remembers into. Belongs to one thread at a time. */
public interface StateTable {
  /** The value last put under an equal key, or null. Neither array may be changed afterwards. */
  byte @Nullable [] get(byte[] key);

  /** Puts a value in place of the one before. Neither array may be changed afterwards. */
  void put(byte[] key, byte[] value);

  /** A table in this JVM's heap that is gone with it and holds every key it has seen: for files and tests. */
  static StateTable inMemory() {
    return new MapStateTable();
  }

  /** The store that a task was given for {@link StateStores#persistent}; the task keeps owning it. */
  static StateTable of(KeyValueStore<Bytes, byte[]> store) {
    return new KafkaStateTable(store);
  }
}
