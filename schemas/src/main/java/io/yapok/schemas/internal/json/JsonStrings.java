package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Checks the strings of a document and takes their text out of the quotes. Belongs to one {@link JsonCursor}. */
final class JsonStrings {
  private static final int INITIAL_SCRATCH = 64;

  /** A larger scratch space is let go with its document. */
  private static final int LARGEST_KEPT = 1 << 20;

  private byte[] json = new byte[0];
  private int end;
  private boolean escaped;

  private byte[] scratch = new byte[INITIAL_SCRATCH];
  private byte[] text = scratch;
  private int textStart;
  private int textEnd;
  private boolean textIsWhole = true;

  void start(byte[] document) {
    json = document;
    end = document.length;
    if (scratch.length > LARGEST_KEPT) {
      scratch = new byte[INITIAL_SCRATCH];
      text = scratch;
    }
  }

  /** Checks the string whose quote is at {@code open} and keeps its text. Answers where it ends. */
  int read(int open) {
    int after = skip(open);
    text = json;
    textStart = open + 1;
    textEnd = after - 1;
    textIsWhole = true;
    if (escaped) {
      unescape(open + 1, after - 1);
    }
    return after;
  }

  /** Where the last text read stands, without escapes and in UTF-8. */
  byte[] text() {
    return text;
  }

  int textStart() {
    return textStart;
  }

  int textEnd() {
    return textEnd;
  }

  /** False where half of a surrogate pair was escaped, which UTF-8 cannot hold; a replacement character stands for it. */
  boolean textIsWhole() {
    return textIsWhole;
  }

  /** Checks the string whose quote is at {@code open}. Answers where it ends. */
  int skip(int open) {
    byte[] bytes = json;
    int limit = end;
    boolean found = false;
    int p = open + 1;
    while (p < limit) {
      int c = bytes[p];
      if (c == '"') {
        escaped = found;
        return p + 1;
      }
      if (c == '\\') {
        found = true;
        p = skipEscape(p);
      } else if (c >= ' ') {
        p++;
      } else if (c < 0) {
        p = skipCodePoint(p);
      } else {
        throw bad("the control character 0x%02x stands in a string at byte %d without an escape".formatted(c, p));
      }
    }
    throw truncated();
  }

  private int skipEscape(int backslash) {
    if (backslash + 1 >= end) {
      throw truncated();
    }
    return switch (json[backslash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> skipHex(backslash);
      default -> throw bad("no escape starts with " + JsonCursor.show(json[backslash + 1]) + ", at byte " + backslash);
    };
  }

  private int skipHex(int backslash) {
    int stop = backslash + 6;
    for (int p = backslash + 2; p < stop; p++) {
      if (p >= end) {
        throw truncated();
      }
      if (Character.digit(json[p], 16) < 0) {
        throw bad("four hexadecimal digits expected after \\u at byte " + backslash);
      }
    }
    return stop;
  }

  private int skipCodePoint(int p) {
    int after = Utf8.afterCodePoint(json, p, end);
    if (after < 0) {
      throw notUtf8(p);
    }
    return after;
  }

  /** Writes a checked string's text into the scratch space. */
  private void unescape(int from, int to) {
    if (scratch.length < to - from) {
      scratch = Arrays.copyOf(scratch, Math.max(to - from, scratch.length * 2));
    }
    int out = 0;
    int p = from;
    while (p < to) {
      byte c = json[p];
      if (c != '\\') {
        scratch[out++] = c;
        p++;
      } else if (json[p + 1] == 'u') {
        int point = hex(p + 2);
        p += 6;
        if (Character.isHighSurrogate((char) point) && p + 5 < to && json[p] == '\\' && json[p + 1] == 'u' && Character.isLowSurrogate((char) hex(p + 2))) {
          point = Character.toCodePoint((char) point, (char) hex(p + 2));
          p += 6;
        }
        out = putCodePoint(point, out);
      } else {
        scratch[out++] = simpleEscape(json[p + 1]);
        p += 2;
      }
    }
    text = scratch;
    textStart = 0;
    textEnd = out;
  }

  private static byte simpleEscape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private int hex(int from) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 4 | Character.digit(json[from + i], 16);
    }
    return value;
  }

  private int putCodePoint(int codePoint, int out) {
    int point = codePoint;
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      textIsWhole = false;
      point = 0xFFFD;
    }
    if (point < 0x80) {
      scratch[out] = (byte) point;
      return out + 1;
    }
    byte[] utf8 = new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(utf8, 0, scratch, out, utf8.length);
    return out + utf8.length;
  }

  private BadRecordException truncated() {
    return JsonCursor.truncated(end);
  }

  private static BadRecordException notUtf8(int p) {
    return new BadRecordException(RejectReason.INVALID_UTF8, "", "text in UTF-8 expected, no character starts at byte " + p);
  }

  private static BadRecordException bad(String message) {
    return JsonCursor.bad(message);
  }
}
