package io.yapok.perf.internal.workload;

import java.nio.ByteBuffer;

/**
 * Makes a workload's records. What costs time to make is drawn once, so that a generator costs the machine next to nothing; two records next to each other never
 * have the same numbers. For one thread, in the order of ids.
 */
public interface RecordPool {
  /** The key of record {@code id}. */
  byte[] key(long id);

  /** The value of record {@code id}; not to be changed. */
  byte[] value(long id);

  /** The timestamp of record {@code id}; -1 for the time of sending. */
  default long timestamp(long id) {
    return -1;
  }

  /** Whether records belong to the partition of their key; else they are spread evenly. */
  default boolean isKeyed() {
    return false;
  }

  /** An id as eight bytes. */
  static byte[] idKey(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** The id that such a key stands for; -1 for bytes that are no key of ours. */
  static long id(byte[] key) {
    return key.length == Long.BYTES ? ByteBuffer.wrap(key).getLong() : -1;
  }
}
