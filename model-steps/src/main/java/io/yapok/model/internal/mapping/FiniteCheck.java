package io.yapok.model.internal.mapping;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;

/** Rejects records with NaN or infinity in a column of floating-point numbers: one pass over the column, and a second one only if it has any. */
final class FiniteCheck {
  private final String step;
  private final String field;
  private final Batch batch;
  private final Column column;

  FiniteCheck(String step, String field, Batch batch, Column column) {
    this.step = step;
    this.field = field;
    this.batch = batch;
    this.column = column;
  }

  /** Checks all rows of the batch. */
  void run() {
    int rows = batch.rows();
    if (rows == 0 || isFinite(0, column.start(rows - 1) + column.count(rows - 1))) {
      return;
    }
    for (int record = 0; record < batch.records(); record++) {
      if (!batch.isRejected(record)) {
        check(record);
      }
    }
  }

  private void check(int record) {
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      if (!isFinite(column.start(row), column.count(row))) {
        batch.reject(record, new Reject(RejectReason.NONFINITE_INPUT, step, field, "a finite number expected, NaN or infinity came"));
        return;
      }
    }
  }

  private boolean isFinite(int from, int count) {
    return switch (column.spec().type()) {
      case FLOAT32 -> areFiniteFloats(from, count);
      case FLOAT64 -> areFiniteDoubles(from, count);
      case FLOAT16 -> areFiniteHalves(from, count, 0x7c00);
      case BFLOAT16 -> areFiniteHalves(from, count, 0x7f80);
      case INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> true;
    };
  }

  /** An exponent of ones alone carries into the sign when its lowest bit is added. */
  private boolean areFiniteFloats(int from, int count) {
    var bits = column.ints();
    int carried = 0;
    for (int i = from; i < from + count; i++) {
      carried |= (bits.get(i) & Numbers.EXPONENT) + 0x800000;
    }
    return carried >= 0;
  }

  private boolean areFiniteDoubles(int from, int count) {
    var bits = column.longs();
    long carried = 0;
    for (int i = from; i < from + count; i++) {
      carried |= (bits.get(i) & 0x7ff0000000000000L) + 0x10000000000000L;
    }
    return carried >= 0;
  }

  private boolean areFiniteHalves(int from, int count, int exponent) {
    var bits = column.shorts();
    for (int i = from; i < from + count; i++) {
      if ((bits.get(i) & exponent) == exponent) {
        return false;
      }
    }
    return true;
  }
}
