package io.yapok.perf.internal.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Makes a workload's records, the same ones each time. The vectors are drawn once from a pool, so that making a record costs the machine next to nothing; two
 * records next to each other never have the same one.
 */
public final class RecordPool {
  private static final long SEED = 64;
  private static final int VECTORS = 4096;

  private final byte[][] tails = new byte[VECTORS][];

  public RecordPool(Workload workload) {
    Random random = new Random(SEED);
    for (int vector = 0; vector < VECTORS; vector++) {
      tails[vector] = tail(workload, random).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The key of record {@code id}. */
  public static byte[] key(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  /** The id that a key stands for; -1 for bytes that are no key of ours. */
  public static long id(byte[] key) {
    return key.length == Long.BYTES ? ByteBuffer.wrap(key).getLong() : -1;
  }

  /** The value of record {@code id}. */
  public byte[] value(long id) {
    byte[] head = ("{\"id\":" + id).getBytes(StandardCharsets.US_ASCII);
    byte[] tail = tails[(int) (id % VECTORS)];
    byte[] value = new byte[head.length + tail.length];
    System.arraycopy(head, 0, value, 0, head.length);
    System.arraycopy(tail, 0, value, head.length, tail.length);
    return value;
  }

  /** Numbers between -1 and 1 in the shortest form that is the same 32-bit float: seven to nine digits, as programs write them. */
  private static String tail(Workload workload, Random random) {
    StringBuilder text = new StringBuilder(",\"").append(workload.input()).append("\":[");
    for (int number = 0; number < workload.width(); number++) {
      text.append(number == 0 ? "" : ",").append(2 * random.nextFloat() - 1);
    }
    return text.append("]}").toString();
  }
}
