package io.yapok.schemas.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Random documents with given members, in any spacing and escaping, between members that nobody reads. */
final class RandomJson {
  private final Random random;
  private final StringBuilder out = new StringBuilder();

  RandomJson(Random random) {
    this.random = random;
  }

  /** An object with some of these members, each at most once, and noise around them. */
  byte[] object(List<Member> members) {
    out.setLength(0);
    writeObject(members);
    space();
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A member of an object: text that is JSON, or members of its own. */
  record Member(String name, String json, List<Member> inside) {}

  private void writeObject(List<Member> members) {
    space();
    out.append('{');
    boolean first = true;
    for (Member member : members) {
      first = noise(first);
      comma(first);
      first = false;
      name(member.name());
      if (member.inside().isEmpty()) {
        space();
        out.append(member.json());
      } else {
        writeObject(member.inside());
      }
    }
    noise(first);
    space();
    out.append('}');
  }

  private boolean noise(boolean first) {
    if (random.nextInt(3) != 0) {
      return first;
    }
    comma(first);
    name("noise" + random.nextInt(1_000_000));
    value(random.nextInt(5));
    return false;
  }

  private void comma(boolean first) {
    if (!first) {
      space();
      out.append(',');
    }
  }

  private void name(String name) {
    space();
    string(name);
    space();
    out.append(':');
  }

  /** Any value, nested at most so deep. */
  void value(int depth) {
    space();
    switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> out.append(random.nextBoolean());
      case 1 -> out.append("null");
      case 2 -> string(text());
      case 3 -> out.append(random.nextLong());
      case 4 -> out.append(random.nextGaussian());
      case 5 -> out.append(random.nextInt(100)).append("E-").append(random.nextInt(400));
      case 6 -> array(depth - 1);
      default -> writeObject(List.of());
    }
    space();
  }

  private void array(int depth) {
    out.append('[');
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(',');
      }
      value(depth);
    }
    out.append(']');
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(6)) {
            case 0 -> random.nextInt(32);
            case 1 -> 0x80 + random.nextInt(0x700);
            case 2 -> 0x1F600 + random.nextInt(50);
            case 3 -> "\"\\/,:{}[]".charAt(random.nextInt(9));
            default -> 'a' + random.nextInt(26);
          });
    }
    return text.toString();
  }

  /** A text in quotes, with more escapes than needed. */
  String quoted(String text) {
    int start = out.length();
    string(text);
    String quoted = out.substring(start);
    out.setLength(start);
    return quoted;
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Half of an escaped pair beside half of one as it is would be no UTF-8.
      boolean must = c < 32 || c == '"' || c == '\\';
      if (must || (random.nextInt(10) == 0 && !Character.isSurrogate(c))) {
        out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void space() {
    while (random.nextInt(4) == 0) {
      out.append(" \n\r\t".charAt(random.nextInt(4)));
    }
  }
}
