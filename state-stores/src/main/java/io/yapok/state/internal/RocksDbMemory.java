package io.yapok.state.internal;

import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache with a write-buffer manager that charges to it, made when the first store opens: a pipeline without state does not load RocksDB. Stores are
 * opened and closed by any stream thread; this is closed once, after all of them.
 */
public final class RocksDbMemory implements AutoCloseable {
  /** Less would leave no room for one store's write buffer beside its blocks. */
  public static final long MIN_BYTES = 16L << 20;

  /**
   * A block cache is divided into shards by blocks' hashes, so that threads do not wait for each other. RocksDB's own choice is 64, of half a megabyte or more, but filters and indexes
   * of its files are blocks of up to a megabyte: where two meet in such a shard, each pushes the other out whenever it is asked for.
   */
  private static final long LEAST_SHARD = 16L << 20;

  private static final int MOST_SHARD_BITS = 6;
  private static final double INDEX_SHARE = 0.1;

  /** Of a write buffer, for telling which keys are in it. */
  private static final double MEMTABLE_FILTER_SHARE = 0.1;

  private static final long MAX_WRITE_BUFFER = 16L << 20;

  /** One in so many bytes, and at most {@link #MOST_BESIDE}, is for what state takes besides: which keys there are, RocksDB's code and small things, and objects for the keys of a run. */
  private static final int BESIDE_SHARE = 4;

  private static final long MOST_BESIDE = 48L << 20;

  /** One in so many of these is for telling which keys there are: some thirteen million in 16 MiB. */
  private static final int KNOWN_KEYS_SHARE = 3;

  /**
   * One in so many bytes of the rest is RocksDB's, the others are for the values put last. A block of RocksDB has some thirty values, of which seldom more than one is asked for while the block is kept: with more keys than fit, twice the block cache
   * serves hardly more of them.
   */
  private static final int ROCKSDB_SHARE = 4;

  /** So much it has in any case, or half of the rest where that is less: with small write buffers it would do little but compact. */
  private static final long LEAST_ROCKSDB = 16L << 20;

  private final long bytes;
  private final Allowance recentValues;
  private final Allowance knownKeys;
  private @Nullable Native used;
  private boolean closed;

  /** What RocksDB allots outside the heap. */
  private record Native(Cache cache, WriteBufferManager writeBuffers) {}

  /**
   * Allots nothing yet.
   *
   * @param bytes that state may take: a quarter of what is not kept for other things is RocksDB's, or more where that is little; the rest is for the values put last, which are found without it
   * @throws IllegalArgumentException for fewer than {@link #MIN_BYTES}
   */
  public RocksDbMemory(long bytes) {
    if (bytes < MIN_BYTES) {
      throw new IllegalArgumentException("state needs at least " + MIN_BYTES + " bytes of memory, not " + bytes);
    }
    long beside = Math.min(MOST_BESIDE, bytes / BESIDE_SHARE);
    long rest = bytes - beside;
    this.bytes = Math.max(rest / ROCKSDB_SHARE, Math.min(LEAST_ROCKSDB, rest / 2));
    this.recentValues = new Allowance(rest - this.bytes);
    this.knownKeys = new Allowance(beside / KNOWN_KEYS_SHARE);
  }

  /** What all stores' recent values may take together. */
  public Allowance recentValues() {
    return recentValues;
  }

  /** What telling all stores' keys may take together. */
  public Allowance knownKeys() {
    return knownKeys;
  }

  /** Makes a store that is about to open use this memory. */
  synchronized void share(Options options) {
    if (closed) {
      throw new IllegalStateException("a store opens after its memory was closed");
    }
    Native memory = used;
    if (memory == null) {
      memory = allot();
      used = memory;
    }
    // Kafka Streams has set a table with a cache of the store's own, which it closes with the store.
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setMemtableWholeKeyFiltering(true); // most keys are not in the write buffer
    options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE);
    options.setWriteBufferManager(memory.writeBuffers);
    options.setWriteBufferSize(Math.min(MAX_WRITE_BUFFER, bytes / 8));
    options.setMaxWriteBufferNumber(2);
  }

  private Native allot() {
    RocksDB.loadLibrary();
    Cache cache = new LRUCache(bytes, shardBits(bytes), false, INDEX_SHARE);
    return new Native(cache, new WriteBufferManager(bytes / 3, cache));
  }

  private static int shardBits(long bytes) {
    long shards = Math.clamp(bytes / LEAST_SHARD, 1, 1 << MOST_SHARD_BITS);
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(shards);
  }

  /** Bytes in use now: blocks, indexes, filters, write buffers, the values put last and which keys there are; 0 before the first store and once closed. */
  public synchronized long usedBytes() {
    return closed || used == null ? 0 : used.cache.getUsage() + recentValues.taken() + knownKeys.taken();
  }

  @Override
  public synchronized void close() {
    if (!closed && used != null) {
      used.writeBuffers.close();
      used.cache.close();
    }
    closed = true;
  }
}
