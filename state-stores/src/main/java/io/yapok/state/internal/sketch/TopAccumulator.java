package io.yapok.state.internal.sketch;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.state.internal.part.Accumulator;
import io.yapok.state.internal.part.Numbers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent values: a frequent-items sketch of at most 192 values (Apache DataSketches), exact while there are no more different ones. Texts count by their first
 * {@value #MAX_BYTES} bytes, so that a key's state stays small.
 */
public final class TopAccumulator implements Accumulator {
  private static final int MAP_SIZE = 256;
  private static final int MAX_BYTES = 256;
  private static final ArrayOfStringsSerDe STORED = new ArrayOfStringsSerDe();
  private static final Comparator<FrequentItemsSketch.Row<String>> MOST_FIRST =
      Comparator.<FrequentItemsSketch.Row<String>>comparingLong(FrequentItemsSketch.Row::getEstimate).reversed().thenComparing(FrequentItemsSketch.Row::getItem, TopAccumulator::byBytes);

  private final @Nullable Numbers numbers;
  private final int length;
  private FrequentItemsSketch<String> sketch = new FrequentItemsSketch<>(MAP_SIZE);

  /**
   * No values yet.
   *
   * @param numbers how values are read; null for text
   * @param length how many are shown
   */
  public TopAccumulator(@Nullable Numbers numbers, int length) {
    this.numbers = numbers;
    this.length = length;
  }

  @Override
  public void clear() {
    sketch.reset();
  }

  @Override
  public boolean accepts(Column from, int row) {
    return numbers == null ? from.textEnd(row) > from.textStart(row) : Double.isFinite(numbers.at(from, row));
  }

  @Override
  public void add(Column from, int row) {
    sketch.update(numbers == null ? text(from, row) : number(from, row, numbers));
  }

  private static String text(Column from, int row) {
    int start = from.textStart(row);
    int length = Math.min(from.textEnd(row) - start, MAX_BYTES);
    return new String(from.textPool(), start, length, StandardCharsets.UTF_8);
  }

  /** The shortest that reads back as the same value of its type; whole numbers without a fraction. */
  private static String number(Column from, int row, Numbers numbers) {
    ElementType type = from.spec().type();
    if (type == ElementType.INT64) {
      return Long.toString(from.longs().get(row)); // doubles would not tell large ones apart
    }
    double value = numbers.at(from, row);
    if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      return Long.toString((long) value);
    }
    return type == ElementType.FLOAT64 ? Double.toString(value) : Float.toString((float) value);
  }

  @Override
  public void merge(Accumulator other) {
    sketch = sketch.merge(((TopAccumulator) other).sketch);
  }

  @Override
  public void show(Column to, int row) {
    FrequentItemsSketch.Row<String>[] rows = sketch.isEmpty() ? null : sketch.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES);
    if (rows != null) {
      Arrays.sort(rows, MOST_FIRST);
    }
    for (int place = 0; place < length; place++) {
      to.appendText(rows != null && place < rows.length ? rows[place].getItem() : "");
    }
  }

  private static int byBytes(String one, String other) {
    return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void read(Decoder in) throws IOException {
    ByteBuffer bytes = in.readBytes(null);
    MemorySegment stored = MemorySegment.ofArray(bytes.array()).asSlice((long) bytes.arrayOffset() + bytes.position(), bytes.remaining());
    sketch = FrequentItemsSketch.getInstance(stored, STORED);
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeBytes(sketch.toByteArray(STORED));
  }
}
