package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.RowsDecoder;

/** The row that a decoder reads into. One for each decoder, moved from row to row; each place has a stamp of its own, under which {@link FieldTarget} knows what it has. */
final class RowTarget {
  private Batch batch;
  private int row;
  private long stamp;

  RowTarget(Batch batch) {
    this.batch = batch;
  }

  /**
   * Goes to a row and makes room for it.
   *
   * @throws ColumnFullException if the batch holds no more rows
   */
  void moveTo(Batch into, int place) {
    RowsDecoder.reserve(into, place + 1L);
    batch = into;
    row = place;
    stamp++;
  }

  /** Goes to what stands around rows, which is no row itself. */
  void moveAround(Batch into) {
    batch = into;
    stamp++;
  }

  Batch batch() {
    return batch;
  }

  int row() {
    return row;
  }

  long stamp() {
    return stamp;
  }
}
