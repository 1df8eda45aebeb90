package io.yapok.model.internal.mapping;

import io.yapok.schemas.Column;

/** Fills elements with zeros, or with empty texts: what stands in rows that have no value. */
final class Zeros {
  private static final byte[] NO_TEXT = new byte[0];

  private Zeros() {}

  /** Fills a buffer's elements; the column has room. */
  static void fill(Column column, int from, int count) {
    int bytes = column.spec().type().bytes();
    var buffer = column.bytes();
    int end = (from + count) * bytes;
    int at = from * bytes;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      buffer.putLong(at, 0);
    }
    for (; at < end; at++) {
      buffer.put(at, (byte) 0);
    }
  }

  /** Appends empty texts until there are so many. */
  static void appendUpTo(Column column, int texts) {
    while (column.texts() < texts) {
      column.appendText(NO_TEXT, 0, 0);
    }
  }
}
