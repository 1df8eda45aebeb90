package io.yapok.state.internal.part;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** The smallest or the largest value. */
final class ExtremeAccumulator extends NumberAccumulator {
  /** No finite number is one. */
  private static final double NONE = Double.NaN;

  private final boolean largest;
  private double extreme = NONE;

  ExtremeAccumulator(Numbers numbers, double fallback, boolean largest) {
    super(numbers, fallback);
    this.largest = largest;
  }

  @Override
  public void clear() {
    extreme = NONE;
  }

  @Override
  protected void add(double value) {
    extreme = isEmpty() ? value : largest ? Math.max(extreme, value) : Math.min(extreme, value);
  }

  @Override
  public void merge(Accumulator other) {
    ExtremeAccumulator more = (ExtremeAccumulator) other;
    if (!more.isEmpty()) {
      add(more.extreme);
    }
  }

  @Override
  protected boolean isEmpty() {
    return Double.isNaN(extreme);
  }

  @Override
  protected double value() {
    return extreme;
  }

  @Override
  public void read(Decoder in) throws IOException {
    extreme = in.readDouble();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeDouble(extreme);
  }
}
