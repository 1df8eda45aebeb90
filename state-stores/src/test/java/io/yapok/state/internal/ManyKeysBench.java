package io.yapok.state.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * What RocksDB takes alone, with {@link RocksDbMemory}'s settings, to find a value and to replace it, of more keys than any memory holds: four stores, values of 130 bytes, a thousand keys at a time. Prints microseconds of the thread's processor time a key, and
 * resident memory at the end. Arguments: an empty folder for 2 GB, keys (10,000,000 if left out), MiB for state (256), and {@code multi} for one {@code multiGet} of a store's keys in place of as many {@code get}.
 */
final class ManyKeysBench {
  private static final int STORES = 4;
  private static final int RUN = 1000;
  private static final int RUNS = 500;
  private static final int ROUNDS = 5;
  private static final int VALUE_BYTES = 130;

  /** Has no common divisor with a round number of keys, so that each key comes once, in no order. */
  private static final long STRIDE = 7_368_787;

  private final List<RocksDB> stores = new ArrayList<>();
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final Random random = new Random(1);
  private final byte[] value = new byte[VALUE_BYTES];
  private final boolean together;

  private ManyKeysBench(boolean together) {
    this.together = together;
  }

  public static void main(String[] arguments) throws IOException, RocksDBException {
    RocksDB.loadLibrary();
    long keys = arguments.length > 1 ? Long.parseLong(arguments[1]) : 10_000_000;
    long bytes = (arguments.length > 2 ? Long.parseLong(arguments[2]) : 256) << 20;
    new ManyKeysBench(arguments.length > 3 && arguments[3].equals("multi")).run(Path.of(arguments[0]), keys, bytes);
  }

  private void run(Path folder, long keys, long bytes) throws IOException, RocksDBException {
    try (RocksDbMemory memory = new RocksDbMemory(bytes)) {
      for (int i = 0; i < STORES; i++) {
        stores.add(RocksDB.open(options(memory), folder.resolve("store-" + i).toString()));
      }
      List<Long> run = new ArrayList<>();
      for (long i = 0; i < keys; i++) {
        run.add(i * STRIDE % keys);
        if (run.size() == RUN || i == keys - 1) {
          replace(run);
          run.clear();
        }
      }
      for (int round = 0; round < ROUNDS; round++) {
        measure(keys);
      }
      System.out.println(Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS")).findFirst().orElse(""));
      stores.forEach(RocksDB::close);
    }
  }

  private void measure(long keys) throws RocksDBException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long finding = 0;
    long replacing = 0;
    for (int i = 0; i < RUNS; i++) {
      List<Long> run = random.longs(RUN, 0, keys).boxed().toList();
      long start = threads.getCurrentThreadCpuTime();
      find(run);
      long found = threads.getCurrentThreadCpuTime();
      replace(run);
      finding += found - start;
      replacing += threads.getCurrentThreadCpuTime() - found;
    }
    System.out.printf("%.1f us to find a value, %.1f to replace it%n", finding / 1e3 / RUNS / RUN, replacing / 1e3 / RUNS / RUN);
  }

  private void find(List<Long> run) throws RocksDBException {
    for (int store = 0; store < STORES; store++) {
      List<byte[]> asked = keysOf(store, run);
      if (together) {
        stores.get(store).multiGetAsList(asked).forEach(Objects::requireNonNull);
      } else {
        for (byte[] key : asked) {
          Objects.requireNonNull(stores.get(store).get(key));
        }
      }
    }
  }

  private void replace(List<Long> run) throws RocksDBException {
    for (int store = 0; store < STORES; store++) {
      try (WriteBatch batch = new WriteBatch()) {
        for (byte[] key : keysOf(store, run)) {
          random.nextBytes(value);
          batch.put(key, value);
        }
        stores.get(store).write(unlogged, batch);
      }
    }
  }

  private static List<byte[]> keysOf(int store, List<Long> run) {
    return run.stream().filter(number -> number % STORES == store).map(number -> ("key-" + number).getBytes(US_ASCII)).toList();
  }

  /** As Kafka Streams sets them, and ours over these. */
  private static Options options(RocksDbMemory memory) {
    BlockBasedTableConfig table = new BlockBasedTableConfig().setBlockCache(new LRUCache(1 << 20)).setFilterPolicy(new BloomFilter());
    Options options =
        new Options()
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setCompactionStyle(CompactionStyle.UNIVERSAL)
            .setOptimizeFiltersForHits(true)
            .setIncreaseParallelism(Math.max(Runtime.getRuntime().availableProcessors(), 2))
            .setCreateIfMissing(true);
    memory.share(options);
    return options;
  }
}
