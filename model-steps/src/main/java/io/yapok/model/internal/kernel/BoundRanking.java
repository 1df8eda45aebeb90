package io.yapok.model.internal.kernel;

import io.yapok.model.BoundStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;

/** A ranking of one batch's records. */
final class BoundRanking implements BoundStep {
  private final RankStep step;
  private final Batch batch;
  private final Column order;
  private final RowLong key;
  private final Selection selection = new Selection();

  BoundRanking(RankStep step, Batch batch) {
    this.step = step;
    this.batch = batch;
    this.order = batch.column(step.orderSlot());
    this.key = key(batch.column(step.bySlot()), step.descending());
    if (order.spec().type() != ElementType.INT32) {
      throw new IllegalArgumentException(order.spec().name() + " is to hold row numbers, which are int32");
    }
  }

  private static RowLong key(Column by, boolean descending) {
    if (by.spec().type().isFloating()) {
      RowDouble value = ColumnReads.floats(by);
      return descending ? row -> Selection.largestFirst(value.at(row)) : row -> Selection.smallestFirst(value.at(row));
    }
    RowLong value = ColumnReads.integers(by);
    return descending ? value : row -> ~value.at(row);
  }

  @Override
  public void run() {
    order.reserveRows(batch.rows());
    for (int record = 0; record < batch.records(); record++) {
      if (!batch.isRejected(record)) {
        rank(batch.rowStart(record), batch.rowEnd(record));
      }
    }
  }

  private void rank(int start, int end) {
    selection.reserve(end - start);
    for (int row = start; row < end; row++) {
      selection.key(row - start, key.at(row));
    }
    int kept = selection.select(end - start, step.keep());
    for (int place = 0; place < kept; place++) {
      order.ints().put(start + place, start + selection.chosen(place));
    }
    if (start + kept < end) {
      order.ints().put(start + kept, -1);
    }
  }

  @Override
  public void close() {}
}
