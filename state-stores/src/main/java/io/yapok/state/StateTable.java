package io.yapok.state;

import io.yapok.state.internal.KafkaStateTable;
import io.yapok.state.internal.MapStateTable;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Bytes by key: what {@link KeyState} remembers into. Belongs to one thread at a time. */
public interface StateTable {
  /** The value last put under an equal key, or null. Neither array may be changed afterwards. */
  byte @Nullable [] get(byte[] key);

  /** Puts a value in place of the one before, at the latest with {@link #flush}: until then {@link #get} may answer either. Neither array may be changed afterwards. */
  void put(byte[] key, byte[] value);

  /** Removes the value under an equal key, if there is one; at the latest with {@link #flush}. */
  void delete(byte[] key);

  /**
   * Shows what is stored in the order of the keys' bytes, until no more is wanted or there is none. Called between two runs; nothing is changed before it returns.
   *
   * @param after shows only keys behind this one, or all if it is null
   * @return whether there was no more
   */
  boolean scan(byte @Nullable [] after, Entries entries);

  /** Called after the last change of a run. A table for which this fails is used no more. */
  default void flush() {}

  /** Takes what a scan finds. */
  @FunctionalInterface
  interface Entries {
    /** Takes a key and its value, neither of which may be changed, and says whether more is wanted. */
    boolean take(byte[] key, byte[] value);
  }

  /** Frees what it keeps beside what is stored, before somebody else changes that. */
  default void close() {}

  /** A table in this JVM's heap that is gone with it and holds every key it has seen: for files and tests. */
  static StateTable inMemory() {
    return new MapStateTable();
  }

  /** The store that a task was given for {@link StateStores#writtenBehind}, say; the task keeps owning it, and nobody else changes it until this is closed. */
  static StateTable of(KeyValueStore<Bytes, byte[]> store) {
    return new KafkaStateTable(store);
  }
}
