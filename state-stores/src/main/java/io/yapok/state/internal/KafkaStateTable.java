package io.yapok.state.internal;

import io.yapok.state.StateTable;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** In a store of Kafka Streams, which also writes the changelog. */
public final class KafkaStateTable implements StateTable {
  private final KeyValueStore<Bytes, byte[]> store;

  public KafkaStateTable(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }
}
