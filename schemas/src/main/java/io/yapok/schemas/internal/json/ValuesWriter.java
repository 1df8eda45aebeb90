package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;

/**
 * Writes a column's name and its values for one record.
 *
 * @param manyRows whether that is an array with one entry a row
 */
record ValuesWriter(ValueWriter value, boolean manyRows) {
  void write(Batch batch, int from, int to, JsonBuffer out) {
    value.writeName(out);
    if (!manyRows) {
      value.write(batch, from, out);
      return;
    }
    out.raw('[');
    for (int row = from; row < to; row++) {
      if (row > from) {
        out.raw(',');
      }
      value.write(batch, row, out);
    }
    out.raw(']');
  }
}
