package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The last rows of a key as one tensor, oldest first. A row with a number that is not finite is not added. */
public final class SequencePart implements RecordsPart {
  private final int[] from;
  private final Numbers[] numbers;
  private final int slot;
  private final float fallback;

  /** Rows one after another; the ring's next row is at {@code next}. */
  private final float[] ring;

  private final int rows;
  private int next;
  private int count;

  /**
   * No rows yet.
   *
   * @param from slots of the fields' columns
   * @param numbers how each is read
   * @param slot of the tensor
   */
  public SequencePart(List<Integer> from, List<Numbers> numbers, int slot, int rows, float fallback) {
    this.from = from.stream().mapToInt(Integer::intValue).toArray();
    this.numbers = numbers.toArray(Numbers[]::new);
    this.slot = slot;
    this.fallback = fallback;
    this.rows = rows;
    this.ring = new float[rows * from.size()];
  }

  @Override
  public void clear() {
    next = 0;
    count = 0;
  }

  @Override
  public void add(Batch batch, int record, long timestamp, long now) {
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      if (isFinite(batch, row)) {
        for (int field = 0; field < from.length; field++) {
          ring[next * from.length + field] = value(batch, row, field);
        }
        added();
      }
    }
  }

  private boolean isFinite(Batch batch, int row) {
    boolean finite = true;
    for (int field = 0; field < from.length; field++) {
      finite &= Float.isFinite(value(batch, row, field));
    }
    return finite;
  }

  private float value(Batch batch, int row, int field) {
    return (float) numbers[field].at(batch.column(from[field]), row);
  }

  private void added() {
    next = next + 1 == rows ? 0 : next + 1;
    count = Math.min(count + 1, rows);
  }

  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    Column to = batch.column(slot);
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      int at = row * ring.length;
      for (int place = 0; place < (rows - count) * from.length; place++) {
        to.floats().put(at + place, fallback);
      }
      showRows(to, at + (rows - count) * from.length);
    }
  }

  private void showRows(Column to, int at) {
    int oldest = Math.floorMod(next - count, rows);
    int untilEnd = Math.min(count, rows - oldest) * from.length;
    to.floats().put(at, ring, oldest * from.length, untilEnd);
    to.floats().put(at + untilEnd, ring, 0, count * from.length - untilEnd);
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    int element = 0;
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        ring[next * from.length + element] = in.readFloat();
        element++;
        if (element == from.length) {
          element = 0;
          added();
        }
      }
    }
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount((long) count * from.length);
    int oldest = Math.floorMod(next - count, rows);
    for (int row = 0; row < count; row++) {
      for (int field = 0; field < from.length; field++) {
        out.startItem();
        out.writeFloat(ring[(oldest + row) % rows * from.length + field]);
      }
    }
    out.writeArrayEnd();
  }
}
