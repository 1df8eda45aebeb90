package io.yapok.state.internal;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One block cache with a write-buffer manager that charges to it. Stores are opened and closed by any stream thread; it is closed once, after all of them. */
public final class RocksDbMemory implements AutoCloseable {
  /** Less would leave no room for one store's write buffer beside its blocks. */
  public static final long MIN_BYTES = 16L << 20;

  private static final int SHARD_BITS = -1;
  private static final double INDEX_SHARE = 0.1;
  private static final long MAX_WRITE_BUFFER = 16L << 20;

  private final long bytes;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private boolean closed;

  public RocksDbMemory(long bytes) {
    if (bytes < MIN_BYTES) {
      throw new IllegalArgumentException("state needs at least " + MIN_BYTES + " bytes of memory, not " + bytes);
    }
    RocksDB.loadLibrary();
    this.bytes = bytes;
    this.cache = new LRUCache(bytes, SHARD_BITS, false, INDEX_SHARE);
    this.writeBuffers = new WriteBufferManager(bytes / 3, cache);
  }

  /** Makes a store that is about to open use this memory. */
  synchronized void share(Options options) {
    if (closed) {
      throw new IllegalStateException("a store opens after its memory was closed");
    }
    // Kafka Streams has set a table with a cache of the store's own, which it closes with the store.
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writeBuffers);
    options.setWriteBufferSize(Math.min(MAX_WRITE_BUFFER, bytes / 8));
    options.setMaxWriteBufferNumber(2);
  }

  /** Bytes in use now: blocks, indexes, filters and write buffers; 0 once closed. */
  public synchronized long usedBytes() {
    return closed ? 0 : cache.getUsage();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      writeBuffers.close();
      cache.close();
    }
  }
}
