package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The last values in order of arrival, oldest first; the fallback in front where there are fewer. */
public final class LastPart extends ValuesPart {
  private final double fallback;
  private final double[] ring;
  private int next;
  private int count;

  /** No values yet. */
  public LastPart(Shown shown, Numbers numbers, int length, double fallback) {
    super(shown, numbers);
    this.fallback = fallback;
    this.ring = new double[length];
  }

  @Override
  public void clear() {
    next = 0;
    count = 0;
  }

  @Override
  void add(double value, long timestamp) {
    add(value);
  }

  private void add(double value) {
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
    count = Math.min(count + 1, ring.length);
  }

  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    Column to = batch.column(shown.slot());
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      for (int place = 0; place < ring.length; place++) {
        to.doubles().put(row * ring.length + place, at(place));
      }
    }
  }

  private double at(int place) {
    int index = place - (ring.length - count);
    return index < 0 ? fallback : ring[(next - count + index + ring.length) % ring.length];
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        add(in.readDouble());
      }
    }
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(count);
    for (int place = ring.length - count; place < ring.length; place++) {
      out.startItem();
      out.writeDouble(at(place));
    }
    out.writeArrayEnd();
  }
}
