package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of one line of JSON, appended value by value and kept from result to result. Commas and names are the caller's. */
public final class JsonBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NAN = ascii("\"NaN\"");
  private static final byte[] INFINITY = ascii("\"Infinity\"");
  private static final byte[] MINUS_INFINITY = ascii("\"-Infinity\"");
  private static final byte[] MIN_LONG = ascii(Long.toString(Long.MIN_VALUE));
  private static final int MAX_LONG_LENGTH = 20;

  private static final int INITIAL = 512;

  /** No result is as large: a record of few bytes whose schema has long names, or types that name each other, would grow without an end. */
  private static final int LARGEST = 1 << 26;

  /** A larger buffer is let go after its result: one huge record must not hold memory for good. */
  private static final int LARGEST_KEPT = 1 << 20;

  /** Bytes of text between two looks at the room that is left. */
  private static final int CHUNK = 1 << 10;

  private byte[] bytes = new byte[INITIAL];
  private int length;

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Begins anew. */
  public void clear() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[INITIAL];
    }
  }

  /** A copy of what was appended. */
  public byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** One character of ASCII. */
  public void raw(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  /** JSON as it is. */
  public void raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
  }

  /** JSON as it came, on one line: in JSON a line break stands only between values, where a space means the same. */
  public void line(byte[] json, int from, int to) {
    int count = to - from;
    reserve(count);
    System.arraycopy(json, from, bytes, length, count);
    for (int p = length; p < length + count; p++) {
      if (bytes[p] == '\n' || bytes[p] == '\r') {
        bytes[p] = ' ';
      }
    }
    length += count;
  }

  /** true or false. */
  public void bool(boolean value) {
    raw(value ? TRUE : FALSE);
  }

  /** A whole number. */
  public void whole(long value) {
    if (value == Long.MIN_VALUE) {
      raw(MIN_LONG);
      return;
    }
    reserve(MAX_LONG_LENGTH);
    long rest = Math.abs(value);
    if (value < 0) {
      bytes[length++] = '-';
    }
    int digits = 1;
    for (long limit = 10; digits < 19 && rest >= limit; limit *= 10) {
      digits++;
    }
    for (int p = length + digits - 1; p >= length; p--) {
      bytes[p] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** The shortest decimal that reads back as the same float; a text where JSON has no number. */
  public void number(float value) {
    if (Float.isFinite(value)) {
      reserve(FloatText.MAX_LENGTH);
      length = FloatText.write(value, bytes, length);
    } else {
      nonFinite(value);
    }
  }

  /** The shortest decimal that reads back as the same double; a text where JSON has no number. */
  public void number(double value) {
    if (Double.isFinite(value)) {
      raw(ascii(Double.toString(value)));
    } else {
      nonFinite(value);
    }
  }

  /** UTF-8 in quotes. */
  public void text(byte[] utf8, int from, int to) {
    raw('"');
    for (int p = from; p < to; p += CHUNK) {
      reserve(6L * CHUNK);
      escaped(utf8, p, Math.min(to, p + CHUNK));
    }
    raw('"');
  }

  private void escaped(byte[] utf8, int from, int to) {
    for (int p = from; p < to; p++) {
      byte c = utf8[p];
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = c;
      } else if (c >= 0 && c < ' ') {
        control(c);
      } else {
        bytes[length++] = c;
      }
    }
  }

  private void control(byte c) {
    bytes[length++] = '\\';
    switch (c) {
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
      }
    }
  }

  private void nonFinite(double value) {
    raw(Double.isNaN(value) ? NAN : value > 0 ? INFINITY : MINUS_INFINITY);
  }

  private void reserve(long more) {
    long needed = length + more;
    if (needed > LARGEST) {
      throw new BadRecordException(RejectReason.TOO_LARGE, "", "as JSON it would be more than " + LARGEST + " bytes");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(LARGEST, bytes.length * 2L)));
    }
  }
}
