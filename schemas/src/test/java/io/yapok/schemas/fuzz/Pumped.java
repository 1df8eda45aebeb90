package io.yapok.schemas.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Large inputs out of small ones: a slice is repeated. What costs more than its share shows here; Jazzer's inputs are too small for it. */
public final class Pumped {
  private Pumped() {}

  /** Reads so many large inputs. */
  public static void read(FuzzTarget target, int count, long seed) {
    Random random = new Random(seed);
    List<byte[]> seeds = target.seeds().stream().filter(input -> input.length > 0).toList();
    for (int i = 0; i < count; i++) {
      byte[] input = seeds.get(random.nextInt(seeds.size()));
      int from = random.nextInt(input.length);
      int length = 1 + random.nextInt(Math.min(40, input.length - from));
      try {
        Bounds.read(target, pumped(input, from, length, target.largest()));
      } catch (AssertionError | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + seed + ", " + target.name() + ": " + new String(input, java.nio.charset.StandardCharsets.ISO_8859_1) + ", " + length + " bytes from " + from + " repeated", e);
      }
    }
  }

  private static byte[] pumped(byte[] input, int from, int length, int size) {
    ByteArrayOutputStream large = new ByteArrayOutputStream(size + length);
    large.write(input, 0, from);
    while (large.size() < size - input.length) {
      large.write(input, from, length);
    }
    large.write(input, from, input.length - from);
    return large.toByteArray();
  }
}
