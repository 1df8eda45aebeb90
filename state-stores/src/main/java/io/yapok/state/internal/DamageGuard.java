package io.yapok.state.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps damaged files of a RocksDB store from stopping an application for good: Kafka Streams would open them again with each start and with each thread that replaces another, and fail each time.
 * A store that cannot be opened is deleted and opened empty, so it is restored from its topic. Damage that shows when a block is read fails the thread, as any failure does: its transaction
 * is aborted, and the store is marked, to be deleted when it is opened next.
 */
public final class DamageGuard extends StoreLayer {
  private static final Logger LOG = LoggerFactory.getLogger(DamageGuard.class);

  /** In a task's directory, what Kafka Streams calls the directory of its stores. */
  private static final String DIRECTORY = "rocksdb";

  /** A file among the store's that RocksDB does not look at. */
  private static final String MARK = "yapok-damaged";

  private @Nullable Path files;

  /** In front of a store of RocksDB that it owns. */
  public DamageGuard(KeyValueStore<Bytes, byte[]> inner) {
    super(inner);
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    Path directory = context.stateDir().toPath().resolve(DIRECTORY).resolve(name());
    files = directory;
    if (Files.exists(directory.resolve(MARK)) || !hasIntactManifest(directory)) {
      delete(directory);
    }
    try {
      super.init(context, root);
    } catch (ProcessorStateException e) {
      if (!RocksDbDamage.isReason(e.getCause())) {
        throw e;
      }
      delete(directory);
      super.init(context, root);
    }
  }

  private static boolean hasIntactManifest(Path directory) {
    try {
      return Manifest.isIntact(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state in " + directory, e);
    }
  }

  /** Called by the thread that opens the store, which holds the lock of its task's directory. */
  private static void delete(Path directory) {
    LOG.warn("the state in {} is damaged; it is deleted and restored from its topic", directory);
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> inside = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : inside) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the state in " + directory + " is damaged and cannot be deleted", e);
    }
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return guarded(() -> super.get(key));
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    guarded(() -> super.put(key, value));
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    guarded(() -> super.putAll(entries));
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
    return guarded(() -> super.putIfAbsent(key, value));
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    return guarded(() -> super.delete(key));
  }

  @Override
  public void commit(Map<TopicPartition, Long> changelogOffsets) {
    guarded(() -> super.commit(changelogOffsets));
  }

  @Override
  public @Nullable Long committedOffset(TopicPartition partition) {
    return guarded(() -> super.committedOffset(partition));
  }

  private void guarded(Runnable change) {
    guarded(
        () -> {
          change.run();
          return null;
        });
  }

  private <T extends @Nullable Object> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (ProcessorStateException e) {
      if (RocksDbDamage.isReason(e.getCause())) {
        mark();
      }
      throw e;
    }
  }

  private void mark() {
    Path directory = files;
    try {
      if (directory != null && Files.exists(directory)) {
        Files.write(directory.resolve(MARK), new byte[0]);
      }
    } catch (IOException e) {
      LOG.warn("the state in {} is damaged and cannot be marked so", directory, e);
    }
  }
}
