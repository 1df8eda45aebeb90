package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;
import java.util.Arrays;

/** A text for each row: a view of UTF-8 bytes that someone else owns, valid until the next load. */
abstract class RowText {
  private static final byte[] NONE = new byte[0];

  byte[] bytes = NONE;
  int start;
  int end;

  /** Points at the row's text. */
  abstract void load(int row);

  final void view(byte[] utf8, int from, int to) {
    bytes = utf8;
    start = from;
    end = to;
  }

  final void view(RowText other) {
    view(other.bytes, other.start, other.end);
  }

  final void view(Column column, int element) {
    view(column.textPool(), column.textStart(element), column.textEnd(element));
  }

  /** Points at nothing, for a row that has failed. */
  final void viewNothing() {
    view(NONE, 0, 0);
  }

  final boolean sameAs(RowText other) {
    return Arrays.equals(bytes, start, end, other.bytes, other.start, other.end);
  }

  /** Order by code point, which unsigned UTF-8 bytes have. */
  final int compareTo(RowText other) {
    return Arrays.compareUnsigned(bytes, start, end, other.bytes, other.start, other.end);
  }

  /** How many code points the text has: bytes that do not continue another. */
  final int codePoints() {
    int points = 0;
    for (int i = start; i < end; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        points++;
      }
    }
    return points;
  }
}
