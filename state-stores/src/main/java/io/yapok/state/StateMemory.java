package io.yapok.state;

import io.yapok.state.internal.RocksDbMemory;
import io.yapok.state.internal.SharedMemorySetter;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The native memory that all RocksDB stores of one application share: block cache, index and filter blocks, and write buffers, together within one bound. Without it
 * Kafka Streams gives each store of each partition its own.
 *
 * <p>Whoever starts the application owns this and closes it after Kafka Streams is closed, never before: open stores point into it.
 */
public final class StateMemory implements AutoCloseable {
  private final RocksDbMemory memory;

  private StateMemory(RocksDbMemory memory) {
    this.memory = memory;
  }

  /**
   * Allots memory.
   *
   * @param bytes for all stores together; at least {@link RocksDbMemory#MIN_BYTES}, taken as they are needed
   */
  public static StateMemory ofBytes(long bytes) {
    return new StateMemory(new RocksDbMemory(bytes));
  }

  /** The settings that make an application's stores use this memory, for its Kafka Streams configuration. */
  public Map<String, Object> settings() {
    return Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedMemorySetter.class, SharedMemorySetter.MEMORY, memory);
  }

  /** Bytes in use now, for metrics. */
  public long usedBytes() {
    return memory.usedBytes();
  }

  /** Frees the memory; the second time does nothing. */
  @Override
  public void close() {
    memory.close();
  }
}
