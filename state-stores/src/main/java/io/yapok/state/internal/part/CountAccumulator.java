package io.yapok.state.internal.part;

import io.yapok.schemas.Column;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** How many records. Shown as a whole number, or as a rate a second. */
final class CountAccumulator implements Accumulator {
  private final double seconds;
  private long count;

  /** Shows the number of records; with seconds, records a second of so many. */
  CountAccumulator(double seconds) {
    this.seconds = seconds;
  }

  @Override
  public void clear() {
    count = 0;
  }

  @Override
  public boolean accepts(Column from, int row) {
    return true;
  }

  @Override
  public void add(Column from, int row) {
    count++;
  }

  @Override
  public void merge(Accumulator other) {
    count += ((CountAccumulator) other).count;
  }

  @Override
  public void show(Column to, int row) {
    if (seconds > 0) {
      to.doubles().put(row, count / seconds);
    } else {
      to.longs().put(row, count);
    }
  }

  @Override
  public void read(Decoder in) throws IOException {
    count = in.readLong();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(count);
  }
}
