package io.yapok.app.internal.state;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The offset of the last record of each key of a partition, by a hash of the key of 128 bits, as Kafka's own log cleaner does it: 24 bytes a key and some room, so that tens of millions of keys fit.
 * For one thread.
 */
final class LastOffsets {
  private static final int INITIAL = 1 << 10;
  private static final long NONE = -1;

  private final MessageDigest hash = md5();
  private long[] high = new long[INITIAL];
  private long[] low = new long[INITIAL];
  private long[] offsets = none(INITIAL);
  private int size;

  /** A record of the key is at this offset, which is behind those that were put before. */
  void put(byte[] key, long offset) {
    if (size > offsets.length / 2) {
      grow();
    }
    ByteBuffer hashed = ByteBuffer.wrap(hash.digest(key));
    place(hashed.getLong(), hashed.getLong(), offset);
  }

  /** Whether the key's last record is at this offset. */
  boolean isLast(byte[] key, long offset) {
    ByteBuffer hashed = ByteBuffer.wrap(hash.digest(key));
    return offsets[slot(hashed.getLong(), hashed.getLong())] == offset;
  }

  private void place(long a, long b, long offset) {
    int slot = slot(a, b);
    if (offsets[slot] == NONE) {
      high[slot] = a;
      low[slot] = b;
      size++;
    }
    offsets[slot] = offset;
  }

  /** The hash's own slot, or the free one for it. */
  private int slot(long a, long b) {
    int slot = (int) a & (offsets.length - 1);
    while (offsets[slot] != NONE && (high[slot] != a || low[slot] != b)) {
      slot = (slot + 1) & (offsets.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldOffsets = offsets;
    int length = Math.multiplyExact(oldOffsets.length, 2);
    high = new long[length];
    low = new long[length];
    offsets = none(length);
    size = 0;
    for (int i = 0; i < oldOffsets.length; i++) {
      if (oldOffsets[i] != NONE) {
        place(oldHigh[i], oldLow[i], oldOffsets[i]);
      }
    }
  }

  private static long[] none(int length) {
    long[] offsets = new long[length];
    Arrays.fill(offsets, NONE);
    return offsets;
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
