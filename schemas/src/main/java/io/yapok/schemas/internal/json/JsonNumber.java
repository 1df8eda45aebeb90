package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import java.nio.charset.StandardCharsets;

/**
 * The last number read: its first 19 significant digits and its power of ten. Becomes a float, double or long without an object, but for the few numbers of
 * more than 19 digits that lie within a hair of the middle between two neighbours.
 */
final class JsonNumber {
  /** Characters of the longest number that is read. */
  static final int MAX_LENGTH = 1000;

  private static final int MAX_DIGITS = 19;
  private static final int MAX_EXPONENT = 100_000;
  private static final double[] DOUBLE_TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };
  /** The bits of a double that a float has no room for, and what they are halfway between two floats. */
  private static final long FLOAT_REST = (1L << 29) - 1;

  private static final long FLOAT_MIDDLE = 1L << 28;
  private static final long[] LONG_TENS = new long[MAX_DIGITS];

  static {
    LONG_TENS[0] = 1;
    for (int i = 1; i < LONG_TENS.length; i++) {
      LONG_TENS[i] = LONG_TENS[i - 1] * 10;
    }
  }

  private byte[] json = new byte[0];
  private int start;
  private int end;
  private boolean negative;
  private long digits;
  private int power;
  private boolean cut;

  /** Reads the number at {@code from}, where a digit or a minus stands. Answers where it ends. */
  int read(byte[] bytes, int from, int limit) {
    json = bytes;
    start = from;
    cut = false;
    int p = from;
    negative = bytes[p] == '-';
    if (negative) {
      p++;
    }
    int first = p;
    long value = 0;
    int digit = digitAt(p, limit);
    if (digit == 0) {
      p++;
    } else if (digit > 0) {
      do {
        value = value * 10 + digit;
        p++;
        digit = digitAt(p, limit);
      } while (digit >= 0);
    } else {
      throw malformed(p, limit);
    }
    int point = p;
    int scale = 0;
    if (p < limit && bytes[p] == '.') {
      p++;
      digit = digitAt(p, limit);
      if (digit < 0) {
        throw malformed(p, limit);
      }
      do {
        value = value * 10 + digit;
        p++;
        digit = digitAt(p, limit);
      } while (digit >= 0);
      scale = point + 1 - p;
    }
    digits = value;
    power = scale;
    int mantissaEnd = p;
    int exponent = 0;
    if (p < limit && (bytes[p] | 0x20) == 'e') {
      exponent = exponent(p + 1, limit);
      p = end;
    }
    if (mantissaEnd - first > MAX_DIGITS) {
      cutDigits(first, point, mantissaEnd);
    }
    power += exponent;
    end = p;
    if (p - from > MAX_LENGTH) {
      throw tooLong(from, p);
    }
    return p;
  }

  /** The nearest float, as {@link Float#parseFloat} has it: infinite beyond the largest. */
  float toFloat() {
    if (cut && DecimalToBinary.floatBits(digits, power) != DecimalToBinary.floatBits(digits + 1, power)) {
      return Float.parseFloat(text());
    }
    float magnitude = toFloat(digits, power);
    return negative ? -magnitude : magnitude;
  }

  /** The nearest double, as {@link Double#parseDouble} has it: infinite beyond the largest. */
  double toDouble() {
    if (cut && DecimalToBinary.doubleBits(digits, power) != DecimalToBinary.doubleBits(digits + 1, power)) {
      return Double.parseDouble(text());
    }
    double magnitude = toDouble(digits, power);
    return negative ? -magnitude : magnitude;
  }

  /**
   * The float nearest to {@code digits * 10^power}, where digits are unsigned. A double that is the nearest one rounds to the nearest float, but where it lies in the middle between
   * two of them: the number itself may lie on either side.
   */
  static float toFloat(long digits, int power) {
    if (isExact(digits, power)) {
      double nearest = exact(digits, power);
      if ((Double.doubleToRawLongBits(nearest) & FLOAT_REST) != FLOAT_MIDDLE) {
        return (float) nearest;
      }
    }
    return digits == 0 ? 0 : Float.intBitsToFloat(DecimalToBinary.floatBits(digits, power));
  }

  /** The double nearest to {@code digits * 10^power}, where digits are unsigned. */
  static double toDouble(long digits, int power) {
    if (isExact(digits, power)) {
      return exact(digits, power);
    }
    return digits == 0 ? 0 : Double.longBitsToDouble(DecimalToBinary.doubleBits(digits, power));
  }

  /** Whether digits and power of ten are doubles without rounding; one operation on them then rounds as it should (Clinger, 1990). */
  private static boolean isExact(long digits, int power) {
    return digits >= 0 && digits <= 1L << 53 && Math.abs(power) < DOUBLE_TENS.length;
  }

  private static double exact(long digits, int power) {
    return power < 0 ? digits / DOUBLE_TENS[-power] : digits * DOUBLE_TENS[power];
  }

  /** Whether the number is a whole one, however it is written: 7, 7.0 and 70e-1 are. */
  boolean isWhole() {
    if (cut) {
      return power > 0;
    }
    return digits == 0 || power >= 0 || (-power < MAX_DIGITS && Long.remainderUnsigned(digits, LONG_TENS[-power]) == 0);
  }

  /** Whether the whole number is one of {@code min} to {@code max}; {@link #toLong} then has it. */
  boolean isWithin(long min, long max) {
    if (digits == 0) {
      return min <= 0 && max >= 0;
    }
    if (cut || power >= MAX_DIGITS) {
      return false;
    }
    long magnitude = magnitude();
    if (power > 0 && (Math.unsignedMultiplyHigh(digits, LONG_TENS[power]) != 0)) {
      return false;
    }
    if (negative) {
      return magnitude == Long.MIN_VALUE ? min == Long.MIN_VALUE : magnitude > 0 && -magnitude >= min && -magnitude <= max;
    }
    return magnitude >= 0 && magnitude >= min && magnitude <= max;
  }

  /** The whole number, which {@link #isWithin} has found to be a long. */
  long toLong() {
    long magnitude = digits == 0 ? 0 : magnitude();
    return negative ? -magnitude : magnitude;
  }

  /** The number as it is written. */
  String text() {
    return new String(json, start, end - start, StandardCharsets.US_ASCII);
  }

  /** A number with more than {@link #MAX_LENGTH} characters. */
  static BadRecordException tooLong(int from, int to) {
    return new BadRecordException(
        RejectReason.MALFORMED, "", "a number of " + (to - from) + " characters at byte " + from + ", more than the " + MAX_LENGTH + " that are read");
  }

  private long magnitude() {
    return power >= 0 ? digits * LONG_TENS[power] : Long.divideUnsigned(digits, LONG_TENS[-power]);
  }

  private int digitAt(int p, int limit) {
    if (p >= limit) {
      return -1;
    }
    int digit = json[p] - '0';
    return digit > 9 ? -1 : digit;
  }

  private int exponent(int from, int limit) {
    int p = from;
    boolean minus = p < limit && json[p] == '-';
    if (minus || (p < limit && json[p] == '+')) {
      p++;
    }
    int digit = digitAt(p, limit);
    if (digit < 0) {
      throw malformed(p, limit);
    }
    int value = 0;
    do {
      value = Math.min(MAX_EXPONENT, value * 10 + digit);
      p++;
      digit = digitAt(p, limit);
    } while (digit >= 0);
    end = p;
    return minus ? -value : value;
  }

  /** Keeps the first 19 significant digits of a mantissa that has more characters than that. */
  private void cutDigits(int first, int point, int mantissaEnd) {
    long value = 0;
    int kept = 0;
    int scale = 0;
    for (int p = first; p < mantissaEnd; p++) {
      if (p == point) {
        continue;
      }
      int digit = json[p] - '0';
      if (kept < MAX_DIGITS) {
        value = value * 10 + digit;
        kept += value == 0 ? 0 : 1;
        scale -= p > point ? 1 : 0;
      } else {
        cut |= digit != 0;
        scale += p < point ? 1 : 0;
      }
    }
    digits = value;
    power = scale;
  }

  private BadRecordException malformed(int p, int limit) {
    return p >= limit ? JsonCursor.truncated(limit) : JsonCursor.bad(json, p, "a digit");
  }
}
