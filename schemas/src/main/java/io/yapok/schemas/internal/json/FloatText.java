package io.yapok.schemas.internal.json;

import java.nio.charset.StandardCharsets;

/**
 * The shortest decimal that reads back as the same float, in the form that {@link Float#toString} gives it, written without an object: Giulietti, "The Schubfach
 * way to render doubles" (2020), for floats.
 */
final class FloatText {
  /** No finite float takes more bytes than this. */
  static final int MAX_LENGTH = 16;

  private static final int FRACTION_BITS = 23;
  private static final int HIDDEN_BIT = 1 << FRACTION_BITS;
  private static final int MIN_EXPONENT = -149;

  private FloatText() {}

  /** Writes a finite float from {@code at} on. Answers where it ends. */
  static int write(float value, byte[] out, int at) {
    int bits = Float.floatToRawIntBits(value);
    int p = at;
    if (bits < 0) {
      out[p++] = '-';
    }
    int fraction = bits & (HIDDEN_BIT - 1);
    int biased = bits >>> FRACTION_BITS & 0xFF;
    if (biased == 0 && fraction < 8) {
      return writeTiny(fraction, out, p);
    }
    int mantissa = biased == 0 ? fraction : HIDDEN_BIT | fraction;
    int exponent = Math.max(biased, 1) - 150;
    if (exponent <= 0 && exponent > -FRACTION_BITS - 1 && (mantissa & ((1 << -exponent) - 1)) == 0) {
      return writeDecimal(mantissa >>> -exponent, 0, out, p);
    }
    return writeShortest(mantissa, exponent, out, p);
  }

  /** Zero and the seven smallest floats, whose form {@link Float#toString} defines apart. */
  private static int writeTiny(int fraction, byte[] out, int at) {
    byte[] text = Float.toString(Float.intBitsToFloat(fraction)).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, out, at, text.length);
    return at + text.length;
  }

  /** Chooses among the decimals between the float's lower and upper neighbours' midpoints: {@code mantissa * 2^exponent}, not 0. */
  private static int writeShortest(int mantissa, int exponent, byte[] out, int at) {
    boolean evenSpacing = mantissa != HIDDEN_BIT || exponent == MIN_EXPONENT;
    long middle = (long) mantissa << 2;
    long lower = middle - (evenSpacing ? 2 : 1);
    long upper = middle + 2;
    int excluded = mantissa & 1;
    int scale = evenSpacing ? floorLog10OfPowerOf2(exponent) : floorLog10OfThreeQuarters(exponent);
    int shift = exponent + floorLog2OfPowerOf10(-scale) + 33;
    long tens = (PowersOfTen.high(-scale) >>> 1) + 1;
    int value = scaled(tens, middle << shift);
    int low = scaled(tens, lower << shift);
    int high = scaled(tens, upper << shift);
    int digits = value >> 2;
    if (digits >= 100) {
      int down = digits / 10 * 10;
      int up = down + 10;
      boolean downFits = low + excluded <= down << 2;
      boolean upFits = (up << 2) + excluded <= high;
      if (downFits != upFits) {
        return writeDecimal(downFits ? down : up, scale, out, at);
      }
    }
    boolean downFits = low + excluded <= digits << 2;
    boolean upFits = ((digits + 1) << 2) + excluded <= high;
    if (downFits != upFits) {
      return writeDecimal(downFits ? digits : digits + 1, scale, out, at);
    }
    int toMiddle = value - ((2 * digits + 1) << 1);
    boolean down = toMiddle < 0 || (toMiddle == 0 && (digits & 1) == 0);
    return writeDecimal(down ? digits : digits + 1, scale, out, at);
  }

  /** The product's upper bits; the lowest one also says whether anything was cut off. */
  private static int scaled(long tens, long value) {
    long high = Math.multiplyHigh(tens, value);
    long cutOff = ((high & 0xFFFF_FFFFL) + 0xFFFF_FFFFL) >>> 32;
    return (int) ((high >>> 31) | cutOff);
  }

  private static int floorLog10OfPowerOf2(int exponent) {
    return (int) ((exponent * 661_971_961_083L) >> 41);
  }

  /** Of three quarters of 2^exponent. */
  private static int floorLog10OfThreeQuarters(int exponent) {
    return (int) ((exponent * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  private static int floorLog2OfPowerOf10(int exponent) {
    return (int) ((exponent * 913_124_641_741L) >> 38);
  }

  /** Writes {@code digits * 10^power}, digits not 0. */
  private static int writeDecimal(int digits, int power, byte[] out, int at) {
    int kept = digits;
    int scale = power;
    while (kept % 10 == 0) {
      kept /= 10;
      scale++;
    }
    int length = length(kept);
    int point = length + scale;
    if (point > 7 || point < -2) {
      return writeScientific(kept, length, point - 1, out, at);
    }
    int p = at;
    if (point <= 0) {
      out[p++] = '0';
      out[p++] = '.';
      p = zeros(-point, out, p);
      putDigits(kept, length, out, p);
      return p + length;
    }
    if (length <= point) {
      putDigits(kept, length, out, p);
      p = zeros(point - length, out, p + length);
      out[p++] = '.';
      out[p++] = '0';
      return p;
    }
    putDigits(kept, length, out, p + 1);
    System.arraycopy(out, p + 1, out, p, point);
    out[p + point] = '.';
    return p + length + 1;
  }

  private static int writeScientific(int digits, int length, int exponent, byte[] out, int at) {
    putDigits(digits, length, out, at + 1);
    out[at] = out[at + 1];
    out[at + 1] = '.';
    if (length == 1) {
      out[at + 2] = '0';
    }
    int p = at + 1 + Math.max(length, 2);
    out[p++] = 'E';
    if (exponent < 0) {
      out[p++] = '-';
    }
    int magnitude = Math.abs(exponent);
    int exponentLength = magnitude < 10 ? 1 : 2;
    putDigits(magnitude, exponentLength, out, p);
    return p + exponentLength;
  }

  private static int zeros(int count, byte[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = '0';
    }
    return at + count;
  }

  private static void putDigits(int digits, int length, byte[] out, int at) {
    int rest = digits;
    for (int p = at + length - 1; p >= at; p--) {
      out[p] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int length(int digits) {
    int length = 1;
    for (int limit = 10; digits >= limit && length < 9; limit *= 10) {
      length++;
    }
    return length;
  }
}
