package io.yapok.state;

import io.yapok.state.internal.HeapRows;
import io.yapok.state.internal.LatestRows;
import io.yapok.state.internal.VersionedRows;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rows of a table that is joined with, as bytes by key. Belongs to one thread at a time; what others change of the same store is told by {@link RowChanges}. */
public interface TableRows {
  /**
   * The row of a key.
   *
   * @param timestamp as of which; looked at only where versions are kept
   */
  Version find(byte[] key, long timestamp);

  /**
   * Puts a row in place of the one before, or among its versions.
   *
   * @param value null, or without bytes, for a key that has no row any more
   * @param timestamp not negative
   * @return false if it is older than the versions that are kept, and so nothing was put
   */
  boolean put(byte[] key, byte @Nullable [] value, long timestamp);

  /** Tells when what was found may not hold any more. */
  RowChanges changes();

  /**
   * What a key's row was.
   *
   * @param value null if there was none
   * @param from this is so for all timestamps from this one on
   * @param until and before this one, unless {@link #changes} says that the key has changed
   * @param forgotten whether nobody knows, since the timestamp is further back than versions are kept
   */
  record Version(byte @Nullable [] value, long from, long until, boolean forgotten) {
    /** What holds at any time. */
    public static Version always(byte @Nullable [] value) {
      return new Version(value, Long.MIN_VALUE, Long.MAX_VALUE, false);
    }
  }

  /** The newest rows, in this store, which its owner closes. */
  static TableRows latest(KeyValueStore<Bytes, byte[]> store, RowChanges changes) {
    return new LatestRows(store, changes);
  }

  /**
   * The rows' versions, in this store, which its owner closes. The store is for nothing else.
   *
   * @param history how far back from the newest version of all keys a key's versions are kept; the newest of each key is for ever
   */
  static TableRows versioned(KeyValueStore<Bytes, byte[]> store, Duration history) {
    return new VersionedRows(store, history.toMillis());
  }

  /** Rows in this JVM's heap, gone with it: for files and tests. Their newest versions are what they were at any time. */
  static TableRows inHeap() {
    return new HeapRows();
  }
}
