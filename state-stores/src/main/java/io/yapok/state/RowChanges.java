package io.yapok.state;

import io.yapok.state.internal.Words;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Tells who keeps decoded rows that a key's row has changed. Keys share a few thousand counters, so a change makes its reader look up some others again too. Any
 * thread may change rows and any may read stamps; a reader takes the stamp before it looks the row up.
 */
public final class RowChanges {
  private static final int STRIPES = 1 << 12;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final AtomicInteger IDS = new AtomicInteger();

  private final int id = IDS.incrementAndGet();

  /** Makes keys of equal hashes hard to send on purpose. */
  private final long seed = ThreadLocalRandom.current().nextLong();

  private final AtomicIntegerArray counters = new AtomicIntegerArray(STRIPES);

  /** Tells this from all others of this JVM. */
  public int id() {
    return id;
  }

  /** The hash of a key, the same for as long as this object lives. */
  public int hash(byte[] bytes, int offset, int length) {
    long hash = seed ^ length;
    int at = offset;
    int end = offset + length;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mixed(hash ^ Words.at(bytes, at, end));
    }
    hash = mixed(hash ^ Words.at(bytes, at, end));
    return (int) (hash ^ (hash >>> 32));
  }

  private static long mixed(long hash) {
    long product = hash * MULTIPLIER;
    return product ^ (product >>> 29);
  }

  /** What stays while no key of this hash, nor of those that share its counter, changes. */
  public int stamp(int hash) {
    return counters.getAcquire(hash & (STRIPES - 1));
  }

  /** A key's row has changed; called after the change. */
  public void changed(byte[] key) {
    counters.getAndIncrement(hash(key, 0, key.length) & (STRIPES - 1));
  }
}
