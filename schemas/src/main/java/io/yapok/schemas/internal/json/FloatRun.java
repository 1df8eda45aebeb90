package io.yapok.schemas.internal.json;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * The inner loop of most pipelines: plain numbers, one after the other in an array, into a buffer. A plain number has no exponent and at most 19 digits. Stops before
 * whatever is not that and leaves it to {@link ValueReader}, so it needs no errors of its own.
 */
final class FloatRun {
  private static final int MAX_DIGITS = 19;

  private int end;
  private long digits;
  private int scale;
  private boolean negative;

  /** After a run: where it stopped, behind the last number that it read. */
  int end() {
    return end;
  }

  /** Reads at most {@code room} numbers, the first of which starts at {@code from}. Answers how many. */
  int readFloats(byte[] json, int from, FloatBuffer into, int element, int room) {
    int count = 0;
    int next = from;
    end = from;
    while (count < room) {
      int stop = plainEnd(json, next);
      if (stop < 0) {
        break;
      }
      into.put(element + count, JsonNumber.toFloat(digits, scale, negative));
      count++;
      end = stop;
      next = afterComma(json, stop);
      if (next < 0) {
        break;
      }
    }
    return count;
  }

  /** The same into doubles. */
  int readDoubles(byte[] json, int from, DoubleBuffer into, int element, int room) {
    int count = 0;
    int next = from;
    end = from;
    while (count < room) {
      int stop = plainEnd(json, next);
      if (stop < 0) {
        break;
      }
      into.put(element + count, JsonNumber.toDouble(digits, scale, negative));
      count++;
      end = stop;
      next = afterComma(json, stop);
      if (next < 0) {
        break;
      }
    }
    return count;
  }

  /** Takes a plain number apart. Answers where it ends, or -1 if there is none. */
  private int plainEnd(byte[] json, int from) {
    int limit = json.length;
    int p = from;
    boolean minus = p < limit && json[p] == '-';
    if (minus) {
      p++;
    }
    int first = p;
    long value = 0;
    while (p < limit && isDigit(json[p])) {
      value = value * 10 + (json[p] - '0');
      p++;
    }
    int length = p - first;
    if (length == 0 || (length > 1 && json[first] == '0')) {
      return -1;
    }
    int places = 0;
    if (p < limit && json[p] == '.') {
      int point = p++;
      while (p < limit && isDigit(json[p])) {
        value = value * 10 + (json[p] - '0');
        p++;
      }
      places = p - point - 1;
      if (places == 0) {
        return -1;
      }
    }
    if (length + places > MAX_DIGITS || p >= limit || (json[p] | 0x20) == 'e') {
      return -1;
    }
    digits = value;
    scale = -places;
    negative = minus;
    return p;
  }

  /** Where the next number starts, behind a comma and at most one space on each side of it; -1 if it does not. */
  private static int afterComma(byte[] json, int from) {
    int limit = json.length - 2;
    int p = from;
    if (p < limit && json[p] == ' ') {
      p++;
    }
    if (p >= limit || json[p] != ',') {
      return -1;
    }
    p++;
    if (json[p] == ' ') {
      p++;
    }
    return isDigit(json[p]) || json[p] == '-' ? p : -1;
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }
}
