package io.yapok.state;

import io.yapok.state.internal.DamageGuard;
import io.yapok.state.internal.WriteBehindStore;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
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
    return builder(name, DamageGuard::new);
  }

  /**
   * The same, for what changes with every record: the values put last are in memory, and are written to disk when their room is needed or the store is committed. The changelog has each change at once.
   *
   * @param name of the store; the changelog topic is {@code APPLICATION-NAME-changelog}
   */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> writtenBehind(String name) {
    return builder(name, store -> new WriteBehindStore(new DamageGuard(store)));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name, UnaryOperator<KeyValueStore<Bytes, byte[]>> layers) {
    var supplier = new Layered(Stores.persistentKeyValueStore(name), layers);
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray()).withCachingDisabled().withLoggingEnabled(Map.of());
  }

  private record Layered(KeyValueBytesStoreSupplier inner, UnaryOperator<KeyValueStore<Bytes, byte[]>> layers) implements KeyValueBytesStoreSupplier {
    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return layers.apply(inner.get());
    }

    @Override
    public String metricsScope() {
      return inner.metricsScope();
    }
  }
}
