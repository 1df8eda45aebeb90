package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import java.util.Arrays;
import java.util.List;

/**
 * A place in a JSON document (RFC 8259) that moves from value to value and checks all that it passes: grammar, UTF-8, depth. Makes no object on its way; what is
 * not JSON ends in a {@link BadRecordException}.
 *
 * <p>An object or array is walked with {@code for (boolean more = open(); more; more = next())}, where the body must consume the name and the value.
 */
public final class JsonCursor {
  /** Objects and arrays inside each other; deeper documents are malformed. */
  static final int MAX_DEPTH = 512;

  /** What some writers put where a number is not finite. */
  private static final List<String> NONFINITE = List.of("NaN", "Infinity");

  private byte[] json = new byte[0];
  private int at;
  private int end;
  private int depth;
  private final boolean[] inObject = new boolean[MAX_DEPTH + 1];

  private final JsonStrings strings = new JsonStrings();

  /** Goes to the start of a document. */
  public void start(byte[] document) {
    json = document;
    at = 0;
    end = document.length;
    depth = 0;
    strings.start(document);
  }

  /** Where the cursor stands; with {@link #moveTo}, to read a value twice. */
  public int position() {
    return at;
  }

  /** Goes back to where a value starts, or on from where {@link JsonNumber} has ended. */
  public void moveTo(int position) {
    at = position;
  }

  /** The document's bytes. */
  public byte[] document() {
    return json;
  }

  /** The next byte that is not white space, without consuming it. */
  public int peek() {
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
  public void expectEnd() {
    while (at < end) {
      if (!isSpace(json[at])) {
        String message = "the document ends before byte " + at + ", and " + show(json[at]) + " follows";
        throw new BadRecordException(RejectReason.TRAILING_BYTES, "", message);
      }
      at++;
    }
  }

  /** Consumes the bracket or brace at the cursor. Answers whether anything is inside; if not, the closing one is consumed too. */
  public boolean open() {
    push(json[at] == '{');
    at++;
    if (peek() != closing()) {
      return true;
    }
    pop();
    return false;
  }

  /** After a value: consumes the comma before the next one, or the closing bracket or brace. Answers which. */
  public boolean next() {
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
  public void readName() {
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
  public void readText() {
    at = strings.read(at);
  }

  /** Where the text is that was read last. */
  public byte[] textBytes() {
    return strings.text();
  }

  /** The text's first byte. */
  public int textStart() {
    return strings.textStart();
  }

  /** The byte after its last. */
  public int textEnd() {
    return strings.textEnd();
  }

  /** Whether the text read last is this, in UTF-8. */
  public boolean textIs(byte[] utf8) {
    return Arrays.equals(utf8, 0, utf8.length, textBytes(), textStart(), textEnd());
  }

  /** False where half of a surrogate pair was escaped, which UTF-8 cannot hold; a replacement character stands for it. */
  boolean textIsWhole() {
    return strings.textIsWhole();
  }

  /** Consumes the value at the cursor, whatever it is. */
  public void skipValue() {
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
  public static String kind(int first) {
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
  public BadRecordException malformed(String wanted) {
    return at >= end ? truncated() : bad(json, at, wanted);
  }

  private void skipName() {
    if (peek() != '"') {
      throw malformed("a name in quotes");
    }
    at = strings.skip(at);
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
      case '"' -> at = strings.skip(at);
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

  private void push(boolean object) {
    if (depth == MAX_DEPTH) {
      throw new BadRecordException(RejectReason.TOO_DEEP, "", "more than " + MAX_DEPTH + " objects and arrays inside each other at byte " + at);
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
    return truncated(end);
  }

  /** The document ends where more must come. */
  static BadRecordException truncated(int length) {
    return new BadRecordException(RejectReason.TRUNCATED, "", "the document ends in the middle, after " + length + " bytes");
  }

  /** Something else than what the grammar wants stands at a place in a document. */
  static BadRecordException bad(byte[] json, int at, String wanted) {
    for (String word : NONFINITE) {
      if (startsWith(json, at, word)) {
        return new BadRecordException(RejectReason.NONFINITE_LITERAL, "", wanted + " expected at byte " + at + ", but there is " + word + ", which JSON does not have");
      }
    }
    return bad(wanted + " expected at byte " + at + ", but there is " + show(json[at]));
  }

  private static boolean startsWith(byte[] json, int at, String word) {
    if (word.length() > json.length - at) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (json[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static BadRecordException bad(String message) {
    return new BadRecordException(RejectReason.MALFORMED, "", message);
  }
}
