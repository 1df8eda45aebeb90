package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in a JSON document (RFC 8259) that moves from value to value and checks all that it passes: grammar, UTF-8, depth. Makes no object on its way; what is
 * not JSON ends in a {@link BadRecordException}.
 *
 * <p>An object or array is walked with {@code for (boolean more = open(); more; more = next())}, where the body must consume the name and the value.
 */
final class JsonCursor {
  /** Objects and arrays inside each other; deeper documents are malformed. */
  static final int MAX_DEPTH = 512;

  private static final int INITIAL_SCRATCH = 64;

  /** A larger scratch space is let go with its document. */
  private static final int LARGEST_KEPT = 1 << 20;

  private byte[] json = new byte[0];
  private int at;
  private int end;
  private int depth;
  private final boolean[] inObject = new boolean[MAX_DEPTH + 1];

  private byte[] scratch = new byte[INITIAL_SCRATCH];
  private byte[] text = scratch;
  private int textStart;
  private int textEnd;
  private boolean textIsWhole = true;

  /** Goes to the start of a document. */
  void start(byte[] document) {
    json = document;
    at = 0;
    end = document.length;
    depth = 0;
    if (scratch.length > LARGEST_KEPT) {
      scratch = new byte[INITIAL_SCRATCH];
      text = scratch;
    }
  }

  /** Where the cursor stands; with {@link #moveTo}, to read a value twice. */
  int position() {
    return at;
  }

  /** Goes back to where a value starts, or on from where {@link JsonNumber} has ended. */
  void moveTo(int position) {
    at = position;
  }

  byte[] document() {
    return json;
  }

  /** The next byte that is not white space, without consuming it. */
  int peek() {
    while (at < end) {
      int c = json[at];
      if (c > ' ' || c < 0 || !isSpace(c)) {
        return c;
      }
      at++;
    }
    throw truncated();
  }

  /** Checks that only white space is left. */
  void expectEnd() {
    while (at < end) {
      if (!isSpace(json[at])) {
        throw malformed("the document to end");
      }
      at++;
    }
  }

  /** Consumes the bracket or brace at the cursor. Answers whether anything is inside; if not, the closing one is consumed too. */
  boolean open() {
    push(json[at] == '{');
    at++;
    if (peek() != closing()) {
      return true;
    }
    pop();
    return false;
  }

  /** After a value: consumes the comma before the next one, or the closing bracket or brace. Answers which. */
  boolean next() {
    int c = peek();
    if (c == ',') {
      at++;
      return true;
    }
    if (c != closing()) {
      throw malformed(inObject[depth] ? "a comma or }" : "a comma or ]");
    }
    pop();
    return false;
  }

  /** Consumes a member's name and the colon; the name is then {@link #textBytes}. */
  void readName() {
    if (peek() != '"') {
      throw malformed("a name in quotes");
    }
    readText();
    if (peek() != ':') {
      throw malformed("a colon");
    }
    at++;
  }

  /** Consumes the string at the cursor; it then stands, without escapes and in UTF-8, in {@link #textBytes}. */
  void readText() {
    int open = at;
    boolean escaped = skipString();
    text = json;
    textStart = open + 1;
    textEnd = at - 1;
    textIsWhole = true;
    if (escaped) {
      unescape(open + 1, at - 1);
    }
  }

  byte[] textBytes() {
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

  /** Consumes the value at the cursor, whatever it is. */
  void skipValue() {
    int floor = depth;
    boolean fresh = skipToken(peek());
    while (depth > floor) {
      int c = peek();
      if (c == closing()) {
        pop();
        fresh = false;
        continue;
      }
      if (!fresh) {
        if (c != ',') {
          throw malformed(inObject[depth] ? "a comma or }" : "a comma or ]");
        }
        at++;
      }
      if (inObject[depth]) {
        skipName();
      }
      fresh = skipToken(peek());
    }
  }

  /** What kind of value starts with a byte, for messages. */
  static String kind(int first) {
    return switch (first) {
      case '"' -> "text";
      case '{' -> "an object";
      case '[' -> "an array";
      case 't', 'f' -> "a boolean";
      case 'n' -> "null";
      default -> "a number";
    };
  }

  /** A byte as a person can read it. */
  static String show(int c) {
    return c > ' ' && c < 127 ? "'" + (char) c + "'" : String.format("the byte 0x%02x", c & 0xFF);
  }

  /** The grammar wants something else than what is at the cursor. */
  BadRecordException malformed(String wanted) {
    return at >= end ? truncated() : bad(wanted + " expected at byte " + at + ", but there is " + show(json[at]));
  }

  private void skipName() {
    if (peek() != '"') {
      throw malformed("a name in quotes");
    }
    skipString();
    if (peek() != ':') {
      throw malformed("a colon");
    }
    at++;
  }

  /** Consumes a value that has no inside, or what opens one that has. Answers whether it opened one. */
  private boolean skipToken(int c) {
    switch (c) {
      case '{', '[' -> {
        push(c == '{');
        at++;
        return true;
      }
      case '"' -> skipString();
      case 't' -> skipLiteral("true");
      case 'f' -> skipLiteral("false");
      case 'n' -> skipLiteral("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber();
      default -> throw malformed("a value");
    }
    return false;
  }

  private void skipLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++, at++) {
      if (at >= end || json[at] != literal.charAt(i)) {
        throw malformed(literal);
      }
    }
  }

  private void skipNumber() {
    int start = at;
    if (json[at] == '-') {
      at++;
    }
    if (at < end && json[at] == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (at < end && json[at] == '.') {
      at++;
      skipDigits();
    }
    if (at < end && (json[at] | 0x20) == 'e') {
      at++;
      if (at < end && (json[at] == '-' || json[at] == '+')) {
        at++;
      }
      skipDigits();
    }
    if (at - start > JsonNumber.MAX_LENGTH) {
      throw JsonNumber.tooLong(start, at);
    }
  }

  private void skipDigits() {
    int first = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == first) {
      throw malformed("a digit");
    }
  }

  /** Consumes a string and answers whether it has escapes. */
  private boolean skipString() {
    byte[] bytes = json;
    int limit = end;
    boolean escaped = false;
    int p = at + 1;
    while (p < limit) {
      int c = bytes[p];
      if (c == '"') {
        at = p + 1;
        return escaped;
      }
      if (c == '\\') {
        escaped = true;
        p = skipEscape(p);
      } else if (c >= ' ') {
        p++;
      } else if (c < 0) {
        p = skipCodePoint(p);
      } else {
        throw bad("the control character 0x%02x stands in a string at byte %d without an escape".formatted(c, p));
      }
    }
    at = limit;
    throw truncated();
  }

  private int skipEscape(int backslash) {
    if (backslash + 1 >= end) {
      throw truncated();
    }
    return switch (json[backslash + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> backslash + 2;
      case 'u' -> skipHex(backslash);
      default -> throw bad("no escape starts with " + show(json[backslash + 1]) + ", at byte " + backslash);
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

  /** Checks the code point of two to four bytes that starts at {@code p}: no overlong form, no surrogate, none beyond U+10FFFF. */
  private int skipCodePoint(int p) {
    int lead = json[p] & 0xFF;
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || p + length > end) {
      throw notUtf8(p);
    }
    int second = json[p + 1] & 0xFF;
    int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < lowest || second > highest) {
      throw notUtf8(p);
    }
    for (int i = p + 2; i < p + length; i++) {
      if ((json[i] & 0xC0) != 0x80) {
        throw notUtf8(p);
      }
    }
    return p + length;
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

  private void push(boolean object) {
    if (depth == MAX_DEPTH) {
      throw bad("more than " + MAX_DEPTH + " objects and arrays inside each other at byte " + at);
    }
    inObject[++depth] = object;
  }

  private void pop() {
    depth--;
    at++;
  }

  private int closing() {
    return inObject[depth] ? '}' : ']';
  }

  private static boolean isSpace(int c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private BadRecordException truncated() {
    return bad("the document ends in the middle, after " + end + " bytes");
  }

  private BadRecordException notUtf8(int p) {
    return bad("no UTF-8 at byte " + p);
  }

  private static BadRecordException bad(String message) {
    return new BadRecordException(RejectReason.MALFORMED, "", message);
  }
}
