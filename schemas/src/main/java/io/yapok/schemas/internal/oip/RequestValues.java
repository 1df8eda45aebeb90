package io.yapok.schemas.internal.oip;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.json.JsonCursor;
import java.nio.charset.StandardCharsets;

/** Reads the short values of a request, names and sizes, at a cursor. Belongs to one decoder. */
final class RequestValues {
  private static final int MAX_DIGITS = 18;

  private final JsonCursor cursor;

  RequestValues(JsonCursor cursor) {
    this.cursor = cursor;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The last text read. */
  String text() {
    return new String(cursor.textBytes(), cursor.textStart(), cursor.textEnd() - cursor.textStart(), StandardCharsets.UTF_8);
  }

  /** Consumes a text of the input {@code name}. */
  void readText(String name, String what) {
    if (cursor.peek() != '"') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, name, what + " is a text, not " + JsonCursor.kind(cursor.peek()));
    }
    cursor.readText();
  }

  /** Consumes a whole number of the input {@code name} that is not negative. */
  long readWhole(String name, String what) {
    int from = cursor.position();
    cursor.skipValue();
    byte[] json = cursor.document();
    int to = cursor.position();
    long value = 0;
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9' || to - from > MAX_DIGITS) {
        throw new BadRecordException(RejectReason.WRONG_TYPE, name, what + " is a whole number of up to " + MAX_DIGITS + " digits");
      }
      value = 10 * value + json[i] - '0';
    }
    return value;
  }
}
