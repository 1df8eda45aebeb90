package io.yapok.state.internal.sketch;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LinearlyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import io.yapok.state.internal.part.Accumulator;
import io.yapok.state.internal.part.NumberAccumulator;
import io.yapok.state.internal.part.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** About which value so many are below: a DDSketch, whose answers are within 1 % of a value that is (Masson, Rim, Lee, VLDB 2019). */
public final class QuantileAccumulator extends NumberAccumulator {
  private static final double ACCURACY = 0.01;

  /** Of each sign; beyond it the smallest values share a bin. It spans 17 orders of magnitude. */
  private static final int MAX_BINS = 2048;

  private final double q;
  /** The mapping takes no logarithm, whose bits may differ between JVMs. */
  private final DDSketch sketch = new DDSketch(new LinearlyInterpolatedMapping(ACCURACY), () -> new CollapsingLowestDenseStore(MAX_BINS));

  private final GrowingByteArrayOutput bytes = GrowingByteArrayOutput.withDefaultInitialCapacity();

  /** No values yet. */
  public QuantileAccumulator(Numbers numbers, double fallback, double q) {
    super(numbers, fallback);
    this.q = q;
  }

  @Override
  public void clear() {
    sketch.clear();
  }

  @Override
  protected void add(double value) {
    double most = sketch.getIndexMapping().maxIndexableValue();
    sketch.accept(Math.clamp(value, -most, most));
  }

  @Override
  public void merge(Accumulator other) {
    sketch.mergeWith(((QuantileAccumulator) other).sketch);
  }

  @Override
  protected boolean isEmpty() {
    return sketch.isEmpty();
  }

  @Override
  protected double value() {
    return sketch.getValueAtQuantile(q);
  }

  @Override
  public void read(Decoder in) throws IOException {
    ByteBuffer stored = in.readBytes(null);
    sketch.clear();
    sketch.decodeAndMergeWith(ByteArrayInput.wrap(stored.array(), stored.arrayOffset() + stored.position(), stored.remaining()));
  }

  @Override
  public void write(Encoder out) throws IOException {
    bytes.clear();
    sketch.encode(bytes, false);
    out.writeBytes(bytes.backingArray(), 0, bytes.numWrittenBytes());
  }
}
