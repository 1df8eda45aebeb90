package io.yapok.state.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** A key and a timestamp as a store's key: a key's versions stand together, in the order of their timestamps. The key's length in front keeps those apart that begin alike. */
final class VersionKey {
  /** Not after any of them. */
  static final Bytes FIRST = Bytes.wrap(new byte[] {0});

  /** After all of them. */
  static final Bytes BEYOND = Bytes.wrap(new byte[] {(byte) 0x80});

  private VersionKey() {}

  /** The store's key; the timestamp is not negative, else it would stand last. */
  static Bytes of(byte[] key, long timestamp) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES + key.length + Long.BYTES).putInt(key.length).put(key).putLong(timestamp).array());
  }

  static long timestamp(Bytes of) {
    byte[] bytes = of.get();
    return ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES);
  }

  static boolean areOfOneKey(Bytes one, Bytes other) {
    byte[] first = one.get();
    byte[] second = other.get();
    return first.length == second.length && Arrays.equals(first, 0, first.length - Long.BYTES, second, 0, second.length - Long.BYTES);
  }
}
