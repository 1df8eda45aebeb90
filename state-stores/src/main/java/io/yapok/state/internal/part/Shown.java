package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;

/**
 * Which columns a part reads and fills.
 *
 * @param from slot of the column that is aggregated; below 0 where records are counted
 * @param slot of the column that shows it
 */
public record Shown(int from, int slot) {
  Column from(Batch batch) {
    return batch.column(from < 0 ? slot : from);
  }

  /** Where records are counted, each counts once, and its rows do not matter. */
  int firstRow(Batch batch, int record) {
    return from < 0 ? 0 : batch.rowStart(record);
  }

  int lastRow(Batch batch, int record) {
    return from < 0 ? 1 : batch.rowEnd(record);
  }

  /** Computes the value once a record: a sketch's may cost microseconds, and a record may have hundreds of rows. */
  void show(Batch batch, int record, Accumulator value) {
    Column to = batch.column(slot);
    int first = batch.rowStart(record);
    if (first < batch.rowEnd(record)) {
      value.show(to, first);
    }
    for (int row = first + 1; row < batch.rowEnd(record); row++) {
      copy(to, first, row);
    }
  }

  private static void copy(Column to, int from, int row) {
    if (!to.spec().type().isPooled()) {
      to.copyRow(from, row);
      return;
    }
    int width = to.spec().shape().elements();
    for (int text = from * width; text < (from + 1) * width; text++) {
      to.appendText(to.textPool(), to.textStart(text), to.textEnd(text) - to.textStart(text));
    }
  }

  void show(Batch batch, int record, double value) {
    Column to = batch.column(slot);
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      to.doubles().put(row, value);
    }
  }
}
