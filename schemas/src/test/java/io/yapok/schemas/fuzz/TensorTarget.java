package io.yapok.schemas.fuzz;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records that are raw tensors. */
final class TensorTarget implements FuzzTarget {
  private final List<Pipeline> pipelines =
      List.of(
          pipeline(new Fields().need("x", ElementType.FLOAT32, 2, 3), null, 24),
          pipeline(new Fields().need("x", ElementType.FLOAT32, 2).need("x", ElementType.FLOAT32, 2), "x", 24),
          pipeline(new Fields().need("x", ElementType.FLOAT16), "x", 6),
          pipeline(new Fields().need("x", ElementType.BOOL, -1), null, 5),
          pipeline(new Fields().need("x", ElementType.INT16, 3, -1), null, 12),
          pipeline(new Fields().need("x", ElementType.INT64), null, 8),
          pipeline(new Fields().need("x", ElementType.FLOAT64, -1, 1), null, 16));

  private static Pipeline pipeline(Fields fields, @Nullable String rows, int goodBytes) {
    SourceSchema source = fields.source(rows);
    return new Pipeline("tensor", source, Registry.of(), new byte[goodBytes], 200, "x");
  }

  @Override
  public String name() {
    return "tensor";
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int length : new int[] {0, 1, 5, 6, 8, 12, 16, 23, 24, 48, 400}) {
      seeds.add(new byte[length]);
    }
    seeds.add(ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(Float.NaN).putFloat(Float.MIN_VALUE).putFloat(-0f).putFloat(Float.NEGATIVE_INFINITY).putFloat(1e-40f).array());
    seeds.add(new byte[] {1, 0, 1, 1, 0});
    return seeds;
  }

  @Override
  public void read(byte[] input) {
    pipelines.forEach(pipeline -> pipeline.read(input));
  }
}
