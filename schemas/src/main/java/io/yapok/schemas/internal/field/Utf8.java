package io.yapok.schemas.internal.field;

/** Which bytes are UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /** Where the code point that starts at {@code p}, with a byte that is not ASCII, ends; -1 if none is there. */
  public static int afterCodePoint(byte[] bytes, int p, int end) {
    int lead = bytes[p] & 0xFF;
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || p + length > end) {
      return -1;
    }
    int second = bytes[p + 1] & 0xFF;
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      return -1;
    }
    for (int i = p + 2; i < p + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
    }
    return p + length;
  }

  /** Whether all of this is UTF-8. */
  public static boolean isValid(byte[] bytes, int from, int end) {
    int p = from;
    while (p >= 0 && p < end) {
      p = bytes[p] >= 0 ? p + 1 : afterCodePoint(bytes, p, end);
    }
    return p == end;
  }
}
