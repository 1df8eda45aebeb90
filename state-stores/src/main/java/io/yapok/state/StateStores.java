package io.yapok.state;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.VersionedKeyValueStore;

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

  /**
   * A store on disk of the versions of each key's value, with a compacted changelog topic, for {@link TableRows#versioned}.
   *
   * @param history how far back from the newest version of all keys a key's versions are kept; the newest of each key is for ever
   */
  public static StoreBuilder<VersionedKeyValueStore<Bytes, byte[]>> versioned(String name, Duration history) {
    return Stores.versionedKeyValueStoreBuilder(Stores.persistentVersionedKeyValueStore(name, history), Serdes.Bytes(), Serdes.ByteArray()).withLoggingEnabled(Map.of());
  }
}
