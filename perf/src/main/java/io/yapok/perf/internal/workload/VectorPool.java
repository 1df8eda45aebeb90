package io.yapok.perf.internal.workload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Records of numbers between -1 and 1 from a seed: raw float32, or JSON with an id before them. */
final class VectorPool implements RecordPool {
  private static final long SEED = 64;
  private static final int MOST_VECTORS = 4096;
  private static final long MOST_BYTES = 64L << 20;

  private final VectorWorkload workload;
  private final byte[][] bodies;

  VectorPool(VectorWorkload workload) {
    this.workload = workload;
    this.bodies = new byte[Math.clamp(MOST_BYTES / (12L * workload.width() * workload.rowsPerRecord()), 4, MOST_VECTORS)][];
    Random random = new Random(SEED);
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = workload.isTensor() ? tensor(random) : json(random).getBytes(StandardCharsets.US_ASCII);
    }
  }

  @Override
  public byte[] key(long id) {
    return RecordPool.idKey(id);
  }

  @Override
  public byte[] value(long id) {
    byte[] body = bodies[(int) (id % bodies.length)];
    if (workload.isTensor()) {
      return body;
    }
    byte[] head = ("{\"id\":" + id).getBytes(StandardCharsets.US_ASCII);
    byte[] value = new byte[head.length + body.length];
    System.arraycopy(head, 0, value, 0, head.length);
    System.arraycopy(body, 0, value, head.length, body.length);
    return value;
  }

  private byte[] tensor(Random random) {
    ByteBuffer bytes = ByteBuffer.allocate(workload.rowsPerRecord() * workload.width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(number(random));
    }
    return bytes.array();
  }

  /** In the shortest form that is the same 32-bit float: seven to nine digits, as programs write them. */
  private String json(Random random) {
    if (!workload.hasManyRows()) {
      return "," + field(random) + "}";
    }
    StringBuilder text = new StringBuilder(",\"items\":[");
    for (int row = 0; row < workload.rowsPerRecord(); row++) {
      text.append(row == 0 ? "{" : ",{").append("\"item\":").append(row).append(',').append(field(random)).append('}');
    }
    return text.append("]}").toString();
  }

  private String field(Random random) {
    StringBuilder text = new StringBuilder("\"").append(workload.input()).append("\":[");
    for (int i = 0; i < workload.width(); i++) {
      text.append(i == 0 ? "" : ",").append(number(random));
    }
    return text.append("]").toString();
  }

  private static float number(Random random) {
    return 2 * random.nextFloat() - 1;
  }
}
