package io.yapok.schemas.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes a record's own JSON into its result, as it came or narrowed to some of its top-level fields. */
final class InputWriter {
  private static final byte[] NULL = JsonBuffer.ascii("null");
  private static final String EVERYTHING = "*";

  private final JsonCursor cursor = new JsonCursor();
  private final byte[][] include;
  private final byte[][] exclude;
  private final boolean absent;

  InputWriter(List<String> include, List<String> exclude) {
    this.include = include.contains(EVERYTHING) ? new byte[0][] : utf8(include);
    this.exclude = utf8(exclude);
    this.absent = exclude.contains(EVERYTHING);
  }

  /** Whether results have no {@code in} at all. */
  boolean isAbsent() {
    return absent;
  }

  /** Whether {@code in} has a top-level field of this name, if the record has. */
  boolean shows(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return (include.length == 0 || isAmong(include, utf8)) && !isAmong(exclude, utf8);
  }

  /** Writes the record, which its decoder has accepted: an object in sound JSON. */
  void write(byte[] value, JsonBuffer out) {
    if (include.length == 0 && exclude.length == 0) {
      out.line(value, 0, value.length);
    } else {
      writeSome(value, out);
    }
  }

  /** There is no value. */
  void writeNull(JsonBuffer out) {
    out.raw(NULL);
  }

  private void writeSome(byte[] value, JsonBuffer out) {
    cursor.start(value);
    cursor.peek();
    boolean first = true;
    out.raw('{');
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.peek();
      int start = cursor.position();
      cursor.readName();
      boolean shown = isShown();
      cursor.skipValue();
      if (shown) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        out.line(value, start, cursor.position());
      }
    }
    out.raw('}');
  }

  private boolean isShown() {
    return (include.length == 0 || isAmong(include)) && !isAmong(exclude);
  }

  private boolean isAmong(byte[][] names) {
    for (byte[] name : names) {
      if (Arrays.equals(name, 0, name.length, cursor.textBytes(), cursor.textStart(), cursor.textEnd())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAmong(byte[][] names, byte[] name) {
    return Arrays.stream(names).anyMatch(other -> Arrays.equals(other, name));
  }

  private static byte[][] utf8(List<String> names) {
    return names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }
}
