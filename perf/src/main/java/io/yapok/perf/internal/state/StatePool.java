package io.yapok.perf.internal.state;

import io.yapok.perf.internal.workload.RecordPool;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * Records of four numbers in JSON. The first make each key known, one record a key; those after them are of keys drawn evenly from these, or each of a new key. A key
 * comes every half an hour of event time on average, however many keys there are, so that its windows hold the same.
 */
final class StatePool implements RecordPool {
  private static final long SEED = 5;
  private static final int BODIES = 4096;
  private static final long START_MILLIS = 1_760_000_000_000L;
  private static final long GAP_MILLIS = 1_800_000;

  /** Odd, so that multiplying by it is a bijection; neighbours get keys that lie far apart. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long INVERSE = inverse();

  private final StateCase place;
  private final byte[][] bodies = new byte[BODIES][];

  StatePool(StateCase place) {
    this.place = place;
    Random random = new Random(SEED);
    for (int i = 0; i < BODIES; i++) {
      bodies[i] =
          String.format(
                  Locale.ROOT,
                  "{\"amount\":%.4f,\"distance\":%.4f,\"delay\":%.4f,\"level\":%.4f}",
                  random.nextDouble(),
                  random.nextDouble(),
                  random.nextDouble(),
                  random.nextDouble())
              .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Which key a record has, counted from 0. */
  static long keyOf(StateCase place, long id) {
    return id < place.keys() || !place.hit() ? id : Math.floorMod(mix(id), place.keys());
  }

  /** The key of this number as a record carries it. */
  static byte[] keyBytes(long number) {
    return RecordPool.idKey(number * SPREAD);
  }

  /** The number of a key; any for bytes that are none of ours. */
  static long number(byte[] key) {
    return RecordPool.id(key) * INVERSE;
  }

  /** Of {@link #SPREAD} modulo 2^64, by Newton's method: each step doubles the bits that are right. */
  private static long inverse() {
    long inverse = SPREAD; // three bits
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      inverse *= 2 - SPREAD * inverse;
    }
    return inverse;
  }

  private static long mix(long id) {
    long mixed = (id + 1) * SPREAD;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public boolean isKeyed() {
    return true;
  }

  @Override
  public byte[] key(long id) {
    return keyBytes(keyOf(place, id));
  }

  @Override
  public byte[] value(long id) {
    return bodies[(int) (mix(id) >>> 52)]; // 12 bits
  }

  @Override
  public long timestamp(long id) {
    return START_MILLIS + id * GAP_MILLIS / place.keys();
  }
}
