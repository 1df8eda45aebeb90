package io.yapok.state.internal.part;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** A sum, 0 while it is empty. */
final class SumAccumulator extends NumberAccumulator {
  private double sum;

  SumAccumulator(Numbers numbers) {
    super(numbers, 0);
  }

  @Override
  public void clear() {
    sum = 0;
  }

  @Override
  protected void add(double value) {
    sum += value;
  }

  @Override
  public void merge(Accumulator other) {
    sum += ((SumAccumulator) other).sum;
  }

  @Override
  protected boolean isEmpty() {
    return false;
  }

  @Override
  protected double value() {
    return sum;
  }

  @Override
  public void read(Decoder in) throws IOException {
    sum = in.readDouble();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeDouble(sum);
  }
}
