package io.yapok.state.internal.sketch;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.state.internal.part.Accumulator;
import io.yapok.state.internal.part.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/** About how many different values: HyperLogLog of 2^11 registers, whose relative standard error is 2.3 % (Apache DataSketches). */
public final class DistinctAccumulator implements Accumulator {
  private static final int LG_REGISTERS = 11;
  private static final TgtHllType TYPE = TgtHllType.HLL_8;

  private final @Nullable Numbers numbers;
  private HllSketch sketch = empty();

  /**
   * No values yet.
   *
   * @param numbers how values are read; null for text
   */
  public DistinctAccumulator(@Nullable Numbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public void clear() {
    sketch = empty();
  }

  @Override
  public boolean accepts(Column from, int row) {
    return numbers == null ? from.textEnd(row) > from.textStart(row) : Double.isFinite(numbers.at(from, row));
  }

  @Override
  public void add(Column from, int row) {
    if (numbers == null) {
      int start = from.textStart(row);
      sketch.update(ByteBuffer.wrap(from.textPool(), start, from.textEnd(row) - start));
    } else if (from.spec().type() == ElementType.INT64) {
      sketch.update(from.longs().get(row)); // doubles would not tell large ones apart
    } else {
      sketch.update(numbers.at(from, row));
    }
  }

  @Override
  public void merge(Accumulator other) {
    HllSketch more = ((DistinctAccumulator) other).sketch;
    if (sketch.isEmpty()) {
      sketch = more.copy();
      return;
    }
    HllUnion union = new HllUnion(LG_REGISTERS);
    union.update(sketch);
    union.update(more);
    sketch = union.getResult(TYPE);
  }

  /** A whole number: a few values are counted exactly but for a fraction. */
  @Override
  public void show(Column to, int row) {
    to.doubles().put(row, Math.rint(sketch.getEstimate()));
  }

  @Override
  public void read(Decoder in) throws IOException {
    ByteBuffer bytes = in.readBytes(null);
    byte[] stored = new byte[bytes.remaining()];
    bytes.get(stored);
    sketch = HllSketch.heapify(stored);
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeBytes(sketch.toCompactByteArray());
  }

  private static HllSketch empty() {
    return new HllSketch(LG_REGISTERS, TYPE);
  }
}
