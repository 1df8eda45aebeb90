package io.yapok.schemas.internal.json;

/**
 * The nearest float or double of {@code digits * 10^power}, ties to even, without an object: Lemire, "Number Parsing at a Gigabyte per Second" (2021), with the
 * proof of Mushtak and Lemire (2022) that the product of 64 by 128 bits always decides.
 */
final class DecimalToBinary {
  private DecimalToBinary() {}

  /** Bits of the float, without sign. {@code digits} is unsigned and not 0. */
  static int floatBits(long digits, int power) {
    if (power < -64) {
      return 0;
    }
    return power > 38 ? 0xFF << 23 : (int) bits(digits, power, 23, -127, 0xFF, -17, 10);
  }

  /** Bits of the double, without sign. {@code digits} is unsigned and not 0. */
  static long doubleBits(long digits, int power) {
    if (power < PowersOfTen.MIN) {
      return 0;
    }
    return power > PowersOfTen.MAX ? 0x7FFL << 52 : bits(digits, power, 52, -1023, 0x7FF, -4, 23);
  }

  /**
   * Both widths.
   *
   * @param fraction bits of the stored fraction
   * @param minExponent the exponent that is stored as 0
   * @param infinite the stored exponent of infinity
   * @param tieFrom the smallest power of ten at which a number may lie halfway between two neighbours
   * @param tieTo the largest one
   */
  private static long bits(long digits, int power, int fraction, int minExponent, int infinite, int tieFrom, int tieTo) {
    int zeros = Long.numberOfLeadingZeros(digits);
    long normal = digits << zeros;
    long tens = PowersOfTen.high(power);
    long high = Math.unsignedMultiplyHigh(normal, tens);
    long low = normal * tens;
    long undecided = -1L >>> (fraction + 3);
    if ((high & undecided) == undecided) {
      long more = Math.unsignedMultiplyHigh(normal, PowersOfTen.low(power));
      low += more;
      if (Long.compareUnsigned(more, low) > 0) {
        high++;
      }
    }
    int top = (int) (high >>> 63);
    int shift = top + 64 - fraction - 3;
    long mantissa = high >>> shift;
    int exponent = (((152170 + 65536) * power) >> 16) + 63 + top - zeros - minExponent;
    if (exponent <= 0) {
      return subnormal(mantissa, exponent);
    }
    boolean mayTie = Long.compareUnsigned(low, 1) <= 0 && power >= tieFrom && power <= tieTo && (mantissa & 3) == 1;
    if (mayTie && (mantissa << shift) == high) {
      mantissa &= ~1L;
    }
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 2L << fraction) {
      mantissa = 1L << fraction;
      exponent++;
    }
    return exponent >= infinite ? (long) infinite << fraction : (long) exponent << fraction | (mantissa & ~(1L << fraction));
  }

  /** A mantissa that is rounded up to the hidden bit is the smallest normal number, whose bits these then are. */
  private static long subnormal(long mantissa, int exponent) {
    if (1 - exponent >= 64) {
      return 0;
    }
    long shifted = mantissa >>> (1 - exponent);
    return (shifted + (shifted & 1)) >>> 1;
  }
}
