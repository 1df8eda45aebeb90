package io.yapok.model.internal.kernel;

import java.nio.charset.StandardCharsets;

/** Numbers in text and back. The row fails where a text is no number. */
final class TextNumbers {
  /** A buffer of this length holds any 64-bit integer with its sign. */
  static final int MAX_DIGITS = 20;

  private static final int MAX_EXCERPT = 40;

  /** Longer texts are no numbers; it bounds the work of parsing one. */
  private static final int MAX_LENGTH = 400;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final Failures failures;

  TextNumbers(Failures failures) {
    this.failures = failures;
  }

  /** Writes a number's digits to the end of a buffer and answers where they start. */
  static int format(long number, byte[] buffer) {
    int place = buffer.length;
    long rest = number;
    do {
      buffer[--place] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      buffer[--place] = '-';
    }
    return place;
  }

  long parseLong(RowText text) {
    boolean negative = text.start < text.end && text.bytes[text.start] == '-';
    int place = text.start + (negative ? 1 : 0);
    if (place == text.end) {
      return fail(text, "an integer");
    }
    long value = 0;
    for (; place < text.end; place++) {
      int digit = text.bytes[place] - '0';
      long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
      if (digit < 0 || digit > 9 || value < (limit + digit) / 10) {
        return fail(text, "a 64-bit integer");
      }
      value = value * 10 - digit;
    }
    return negative ? value : -value;
  }

  boolean parseBool(RowText text) {
    if (is(text, "true")) {
      return true;
    }
    return !is(text, "false") && fail(text, "true or false") != 0;
  }

  /** Exact; only texts of more than 15 digits or of large exponents take the slow way through a string. */
  double parseDouble(RowText text) {
    int place = text.start;
    boolean negative = place < text.end && text.bytes[place] == '-';
    place += negative ? 1 : 0;
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    boolean point = false;
    for (; place < text.end && digits <= 15; place++) {
      int c = text.bytes[place];
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        mantissa = mantissa * 10 + (c - '0');
        digits++;
        scale += point ? 1 : 0;
      } else {
        return parseSlowly(text);
      }
    }
    if (digits == 0 || digits > 15) {
      return parseSlowly(text);
    }
    double value = mantissa / POWERS_OF_TEN[scale];
    return negative ? -value : value;
  }

  private double parseSlowly(RowText text) {
    if (isNumber(text)) {
      return Double.parseDouble(string(text));
    }
    if (is(text, "NaN")) {
      return Double.NaN;
    }
    if (is(text, "Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    return is(text, "-Infinity") ? Double.NEGATIVE_INFINITY : fail(text, "a number");
  }

  /** JSON's form of numbers, with leading zeros and a bare point allowed; Java's own parser takes more, such as a trailing f. */
  private static boolean isNumber(RowText text) {
    int place = text.start < text.end && text.bytes[text.start] == '-' ? text.start + 1 : text.start;
    int whole = skipDigits(text, place);
    int end = whole < text.end && text.bytes[whole] == '.' ? skipDigits(text, whole + 1) : whole;
    int digits = end - place - (end > whole ? 1 : 0);
    if (digits == 0 || text.end - text.start > MAX_LENGTH) {
      return false;
    }
    if (end < text.end && (text.bytes[end] == 'e' || text.bytes[end] == 'E')) {
      int exponent = end + 1;
      if (exponent < text.end && (text.bytes[exponent] == '-' || text.bytes[exponent] == '+')) {
        exponent++;
      }
      end = skipDigits(text, exponent);
      if (end == exponent) {
        return false;
      }
    }
    return end == text.end;
  }

  private static int skipDigits(RowText text, int from) {
    int place = from;
    while (place < text.end && text.bytes[place] >= '0' && text.bytes[place] <= '9') {
      place++;
    }
    return place;
  }

  private static boolean is(RowText text, String word) {
    if (text.end - text.start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text.bytes[text.start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long fail(RowText text, String expected) {
    failures.fail("\"" + excerpt(text) + "\" is not " + expected);
    return 0;
  }

  private static String excerpt(RowText text) {
    String whole = new String(text.bytes, text.start, Math.min(text.end - text.start, 4 * MAX_EXCERPT), StandardCharsets.UTF_8);
    return whole.codePointCount(0, whole.length()) <= MAX_EXCERPT ? whole : whole.substring(0, whole.offsetByCodePoints(0, MAX_EXCERPT)) + "...";
  }

  private static String string(RowText text) {
    return new String(text.bytes, text.start, text.end - text.start, StandardCharsets.ISO_8859_1);
  }
}
