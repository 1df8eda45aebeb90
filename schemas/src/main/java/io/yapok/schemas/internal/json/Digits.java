package io.yapok.schemas.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight characters at a time in one long, the first in its lowest byte, each as its distance from {@code '0'}: a digit is its value. Carries go up only, so all that is
 * said of the first character that is no digit is right, and of the next one if the first is ASCII.
 */
final class Digits {
  /** Characters of a word. */
  static final int WORD = 8;

  /** What a word's eight digits are worth at most, and one. */
  static final long SCALE = 100_000_000;

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final long TOP_BITS = 0x8080_8080_8080_8080L;
  private static final long BEYOND_NINE = 0x7676_7676_7676_7676L;
  private static final long EVERY_FOURTH = 0x0000_00FF_0000_00FFL;
  private static final long OUTER = 100 + (1_000_000L << 32);
  private static final long INNER = 1 + (10_000L << 32);

  private Digits() {}

  /** The word at an index that has eight bytes from it on. */
  static long load(byte[] text, int at) {
    return (long) LONGS.get(text, at) ^ ZEROS;
  }

  /** The top bit of every character that is no digit. */
  static long others(long word) {
    return ((word + BEYOND_NINE) | word) & TOP_BITS;
  }

  /** Where the first of the marked characters stands; {@link #WORD} if none is marked. */
  static int first(long others) {
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** All bits of the characters before the first of the marked ones; of all if none is marked. */
  static long before(long others) {
    return ((others & -others) >>> 7) - 1;
  }

  /** The number of eight digits that a word holds, or of fewer with zeros in their places: pairs first, then fours, then all eight (Langdale and Lemire). */
  static long value(long digits) {
    long pairs = digits * 10 + (digits >>> 8);
    return ((pairs & EVERY_FOURTH) * OUTER + ((pairs >>> 16) & EVERY_FOURTH) * INNER) >>> 32;
  }
}
