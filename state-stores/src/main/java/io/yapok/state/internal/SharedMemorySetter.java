package io.yapok.state.internal;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/** Made by Kafka Streams for each store that it opens; finds the application's memory among its settings. */
public final class SharedMemorySetter implements RocksDBConfigSetter {
  /** The setting whose value is the application's {@link RocksDbMemory}. */
  public static final String MEMORY = "yapok.state.memory";

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    if (!(configs.get(MEMORY) instanceof RocksDbMemory memory)) {
      throw new IllegalStateException("the setting " + MEMORY + " is missing: take all of StateMemory.settings()");
    }
    memory.share(options);
  }

  /** Nothing: the memory belongs to the application. */
  @Override
  public void close(String storeName, Options options) {}
}
