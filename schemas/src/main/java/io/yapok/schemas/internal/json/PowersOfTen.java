package io.yapok.schemas.internal.json;

import java.math.BigInteger;

/**
 * The powers of ten from 10^-342 to 10^308, each as the 128 most significant bits of its binary mantissa: what Eisel and Lemire's way to read a number and
 * Giulietti's way to write one (Schubfach) multiply with. Positive powers are cut off, negative ones are rounded up, as the former's proof asks.
 */
final class PowersOfTen {
  static final int MIN = -342;
  static final int MAX = 308;

  private static final int BITS = 128;

  /** Bits 127 to 64 of power {@code MIN + i} at {@code 2 * i}, bits 63 to 0 beside them. */
  private static final long[] MANTISSAS = new long[2 * (MAX - MIN + 1)];

  static {
    for (int power = MIN; power <= MAX; power++) {
      BigInteger mantissa = power < 0 ? negative(-power) : positive(power);
      MANTISSAS[2 * (power - MIN)] = mantissa.shiftRight(64).longValue();
      MANTISSAS[2 * (power - MIN) + 1] = mantissa.longValue();
    }
  }

  private PowersOfTen() {}

  /** Bits 127 to 64; bit 127 is set. */
  static long high(int power) {
    return MANTISSAS[2 * (power - MIN)];
  }

  /** Bits 63 to 0. */
  static long low(int power) {
    return MANTISSAS[2 * (power - MIN) + 1];
  }

  private static BigInteger positive(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(power);
    int surplus = five.bitLength() - BITS;
    return surplus > 0 ? five.shiftRight(surplus) : five.shiftLeft(-surplus);
  }

  private static BigInteger negative(int power) {
    BigInteger five = BigInteger.valueOf(5).pow(power);
    int bits = five.bitLength() + (power <= 27 ? BITS - 1 : BITS + five.bitLength());
    BigInteger inverse = BigInteger.ONE.shiftLeft(bits).divide(five).add(BigInteger.ONE);
    return inverse.shiftRight(inverse.bitLength() - BITS);
  }
}
