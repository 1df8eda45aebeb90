package io.yapok.state.internal.part;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * The population's variance: one value at a time by Welford (Technometrics 4, 1962), two aggregates by Chan, Golub and LeVeque ("Updating formulae and a pairwise
 * algorithm for computing sample variances", 1979).
 */
final class VarianceAccumulator extends NumberAccumulator {
  private long count;
  private double mean;
  private double squares;

  VarianceAccumulator(Numbers numbers, double fallback) {
    super(numbers, fallback);
  }

  @Override
  public void clear() {
    count = 0;
    mean = 0;
    squares = 0;
  }

  @Override
  protected void add(double value) {
    count++;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }

  @Override
  public void merge(Accumulator other) {
    VarianceAccumulator more = (VarianceAccumulator) other;
    if (more.count == 0) {
      return;
    }
    if (count == 0) {
      count = more.count;
      mean = more.mean;
      squares = more.squares;
      return;
    }
    long total = count + more.count;
    double delta = more.mean - mean;
    mean += delta * more.count / total;
    squares = squares + more.squares + delta * delta * count * more.count / total;
    count = total;
  }

  @Override
  protected boolean isEmpty() {
    return count == 0;
  }

  @Override
  protected double value() {
    return squares / count;
  }

  @Override
  public void read(Decoder in) throws IOException {
    count = in.readLong();
    mean = in.readDouble();
    squares = in.readDouble();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(count);
    out.writeDouble(mean);
    out.writeDouble(squares);
  }
}
