package io.yapok.schemas.internal.json;

/**
 * A decimal without its sign as most programs write it, read eight characters at a time and nearly without branches: up to 19 digits and an exponent of up to
 * three. Leaves all else to {@link JsonNumber}, so it needs no errors of its own.
 */
final class Decimal {
  /** Bytes that are looked at, from a number's first on. */
  static final int AHEAD = 26;

  private static final int MAX_DIGITS = 19;

  /** Such a power of ten brings 19 digits to no more than the largest float. */
  private static final int MAX_POWER = 19;

  private static final int MAX_EXPONENT_DIGITS = 3;

  private long digits;
  private int power;

  /** The last number read is this, unsigned, times ten to the {@link #power}. */
  long digits() {
    return digits;
  }

  /** The power of ten. */
  int power() {
    return power;
  }

  /** Reads the number at {@code from}. Answers where it ends, or -1 if it is none of those that this reads. */
  int read(byte[] json, int from) {
    int end = mantissa(json, from);
    return end >= 0 && (json[end] | 0x20) == 'e' ? exponent(json, end) : end;
  }

  /** The digits of the first word go one up, over the point; the lowest byte is then free for a digit before them, 0. */
  private int mantissa(byte[] json, int from) {
    long word = Digits.load(json, from);
    long others = Digits.others(word);
    int whole = Digits.first(others);
    if (whole == 0 || (whole > 1 && (word & 0xFF) == 0)) {
      return -1;
    }
    if (whole == Digits.WORD) {
      return wide(json, from, Digits.value(word));
    }
    long shifted = (word & Digits.before(others)) << 8;
    power = whole + 1 - Digits.WORD;
    if (json[from + whole] != '.') {
      digits = Digits.value(shifted);
      return from + whole;
    }
    long afterPoint = others & (others - 1);
    shifted |= word & -((others ^ afterPoint) << 1);
    if (afterPoint == 0) {
      return places(json, from + Digits.WORD, Digits.value(shifted));
    }
    digits = Digits.value(shifted & Digits.before(afterPoint));
    int length = Digits.first(afterPoint);
    return length == whole + 1 ? -1 : from + length;
  }

  /** What stands behind the first word, where there is a point in that; {@code head} are its digits. */
  private int places(byte[] json, int from, long head) {
    long word = Digits.load(json, from);
    long others = Digits.others(word);
    if (others == 0) {
      return lastPlaces(json, from + Digits.WORD, head * Digits.SCALE + Digits.value(word));
    }
    digits = head * Digits.SCALE + Digits.value(word & Digits.before(others));
    power -= Digits.WORD;
    int length = Digits.first(others);
    return length == 0 && json[from - 1] == '.' ? -1 : from + length;
  }

  private int lastPlaces(byte[] json, int from, long head) {
    int end = append(json, from, head, MAX_DIGITS + 1 - 2 * Digits.WORD);
    power -= Digits.WORD + end - from;
    return isDigit(json[end]) ? -1 : end;
  }

  /** Eight digits and more before the point, of which {@code head} are the first. */
  private int wide(byte[] json, int from, long head) {
    int point = append(json, from + Digits.WORD, head, MAX_DIGITS - Digits.WORD);
    int end = point;
    power = 0;
    if (json[point] == '.') {
      end = append(json, point + 1, digits, from + MAX_DIGITS - point);
      power = point + 1 - end;
      if (power == 0) {
        return -1;
      }
    }
    return isDigit(json[end]) ? -1 : end;
  }

  /** Appends at most {@code most} digits to those there are, one by one. Answers where they end. */
  private int append(byte[] json, int from, long head, int most) {
    long value = head;
    int p = from;
    while (p < from + most && isDigit(json[p])) {
      value = value * 10 + (json[p] - '0');
      p++;
    }
    digits = value;
    return p;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private int exponent(byte[] json, int letter) {
    boolean minus = json[letter + 1] == '-';
    int first = minus || json[letter + 1] == '+' ? letter + 2 : letter + 1;
    int p = first;
    int value = 0;
    while (p < first + MAX_EXPONENT_DIGITS && isDigit(json[p])) {
      value = value * 10 + (json[p] - '0');
      p++;
    }
    power += minus ? -value : value;
    boolean isWhole = p > first && !isDigit(json[p]);
    return isWhole && power <= MAX_POWER ? p : -1;
  }
}
