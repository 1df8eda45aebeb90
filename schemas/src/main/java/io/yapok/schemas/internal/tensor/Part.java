package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ResultSchema;

/**
 * A column whose rows stand in results.
 *
 * @param name as {@link TensorHeaders} writes it
 * @param width bytes of one element
 */
record Part(String name, int slot, ColumnSpec spec, int width) {
  /** The column of an output, or of a ranking's field under the ranking's name. */
  static Part of(String name, ResultSchema.Named named, ResultSchema schema) {
    ColumnSpec spec = schema.layout().column(named.slot());
    if (spec.type().isPooled()) {
      throw new IllegalArgumentException(name + " is " + spec.type().label() + ", which a tensor cannot hold");
    }
    return new Part(name, named.slot(), spec, spec.type().bytes());
  }

  boolean isFixed() {
    return spec.shape().isFixed();
  }

  /** Bytes of some rows, which lie one after the other. */
  long length(Batch batch, int fromRow, int toRow) {
    if (fromRow == toRow) {
      return 0;
    }
    Column column = batch.column(slot);
    return ((long) column.start(toRow - 1) + column.count(toRow - 1) - column.start(fromRow)) * width;
  }

  /** Copies some rows to a place in a result, and answers the place after them. */
  int write(Batch batch, int fromRow, int toRow, byte[] result, int at) {
    int length = (int) length(batch, fromRow, toRow);
    if (length > 0) {
      Column column = batch.column(slot);
      column.bytes().get(column.start(fromRow) * width, result, at, length);
    }
    return at + length;
  }
}
