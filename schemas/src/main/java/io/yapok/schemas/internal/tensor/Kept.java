package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ResultSchema;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** The rows of a record that a rank step kept, and what is shown of them. */
record Kept(String name, int orderSlot, Part[] fields) {
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static Kept of(ResultSchema.Ranking ranking, ResultSchema schema) {
    Part[] fields = ranking.fields().stream().map(field -> Part.of(ranking.name() + "." + field.name(), field, schema)).toArray(Part[]::new);
    return new Kept(ranking.name(), ranking.orderSlot(), fields);
  }

  /** How many rows were kept of a record with these. */
  int count(Batch batch, int from, int to) {
    IntBuffer order = batch.column(orderSlot).ints();
    int entry = from;
    while (entry < to && order.get(entry) >= 0) {
      entry++;
    }
    return entry - from;
  }

  /** Bytes of the positions and the fields. */
  long length(Batch batch, int from, int to) {
    IntBuffer order = batch.column(orderSlot).ints();
    int count = count(batch, from, to);
    long length = (long) count * Integer.BYTES;
    for (Part field : fields) {
      for (int entry = from; entry < from + count; entry++) {
        length += field.length(batch, order.get(entry), order.get(entry) + 1);
      }
    }
    return length;
  }

  /** Writes the positions, then field after field; answers the place after them. */
  int write(Batch batch, int from, int to, byte[] result, int start) {
    IntBuffer order = batch.column(orderSlot).ints();
    int end = from + count(batch, from, to);
    int at = start;
    for (int entry = from; entry < end; entry++) {
      INTS.set(result, at, order.get(entry) - from);
      at += Integer.BYTES;
    }
    for (Part field : fields) {
      for (int entry = from; entry < end; entry++) {
        at = field.write(batch, order.get(entry), order.get(entry) + 1, result, at);
      }
    }
    return at;
  }
}
