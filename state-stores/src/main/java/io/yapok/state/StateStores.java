package io.yapok.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores of Kafka Streams that a topology adds for its state. */
public final class StateStores {
  private StateStores() {}

  /**
   * A store on disk (RocksDB) with a compacted changelog topic. It writes through: a batch puts each key once, so a cache above it would only hold back the changelog.
   * How much memory all such stores of an application share is {@link StateMemory}'s to say.
   *
   * @param name of the store; the changelog topic is {@code APPLICATION-NAME-changelog}
   */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> persistent(String name) {
    return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray()).withCachingDisabled().withLoggingEnabled(Map.of());
  }
}
