package io.yapok.state.internal.part;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** A count and a sum, shown as the mean. */
final class MeanAccumulator extends NumberAccumulator {
  private long count;
  private double sum;

  MeanAccumulator(Numbers numbers, double fallback) {
    super(numbers, fallback);
  }

  @Override
  public void clear() {
    count = 0;
    sum = 0;
  }

  @Override
  protected void add(double value) {
    count++;
    sum += value;
  }

  @Override
  public void merge(Accumulator other) {
    MeanAccumulator mean = (MeanAccumulator) other;
    count += mean.count;
    sum += mean.sum;
  }

  @Override
  protected boolean isEmpty() {
    return count == 0;
  }

  @Override
  protected double value() {
    return sum / count;
  }

  @Override
  public void read(Decoder in) throws IOException {
    count = in.readLong();
    sum = in.readDouble();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(count);
    out.writeDouble(sum);
  }
}
