package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** An exponentially weighted mean: a value weighs half after each half-life, by the records' own time. {@link StrictMath}, so that each JVM has the same bits. */
public final class EwmaPart extends ValuesPart {
  private final double halfLifeMillis;
  private final double fallback;
  private double weight;
  private double sum;
  private long clock;

  /** No value yet. */
  public EwmaPart(Shown shown, Numbers numbers, long halfLifeMillis, double fallback) {
    super(shown, numbers);
    this.halfLifeMillis = halfLifeMillis;
    this.fallback = fallback;
  }

  @Override
  public void clear() {
    weight = 0;
    sum = 0;
    clock = 0;
  }

  @Override
  void add(double value, long timestamp) {
    if (weight == 0) {
      clock = timestamp;
    }
    double decay = StrictMath.pow(2, -Math.abs((double) (timestamp - clock)) / halfLifeMillis);
    if (timestamp >= clock) {
      sum = sum * decay + value;
      weight = weight * decay + 1;
      clock = timestamp;
    } else {
      sum += value * decay;
      weight += decay;
    }
  }

  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    shown.show(batch, record, weight == 0 ? fallback : sum / weight);
  }

  @Override
  public void read(Decoder in) throws IOException {
    weight = in.readDouble();
    sum = in.readDouble();
    clock = in.readLong();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeDouble(weight);
    out.writeDouble(sum);
    out.writeLong(clock);
  }
}
