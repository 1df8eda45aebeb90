package io.yapok.state.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A store of RocksDB whose files are looked at before RocksDB opens them, where it would not find the damage. */
public final class CheckedStore extends StoreLayer {
  /** In a task's directory, what Kafka Streams calls the directory of its stores. */
  private static final String DIRECTORY = "rocksdb";

  /** In front of a store that it owns. */
  public CheckedStore(KeyValueStore<Bytes, byte[]> inner) {
    super(inner);
  }

  /**
   * Opens the store.
   *
   * @throws ProcessorStateException as from Kafka Streams' own store where RocksDB says that its files are damaged
   */
  @Override
  public void init(StateStoreContext context, StateStore root) {
    Path files = context.stateDir().toPath().resolve(DIRECTORY).resolve(name());
    try {
      if (!Manifest.isIntact(files)) {
        var damage = new RocksDBException("the manifest is damaged", new Status(Status.Code.Corruption, Status.SubCode.None, null));
        throw new ProcessorStateException("Error opening store " + name() + " at location " + files, damage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifest in " + files, e);
    }
    super.init(context, root);
  }
}
