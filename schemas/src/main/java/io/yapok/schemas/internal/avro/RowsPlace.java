package io.yapok.schemas.internal.avro;

import org.jspecify.annotations.Nullable;

/** Where the record being read has its rows. Belongs to one decoder. */
final class RowsPlace {
  private int position;
  private int end;
  private @Nullable ValueNode entry;

  /** Forgets the record before. */
  void clear() {
    entry = null;
  }

  /** The array stands from one place to another, and this reads an entry. */
  void note(int from, int to, ValueNode by) {
    position = from;
    end = to;
    entry = by;
  }

  int position() {
    return position;
  }

  int end() {
    return end;
  }

  /** Reads one row; null where the record has none of them. */
  @Nullable ValueNode entry() {
    return entry;
  }
}
