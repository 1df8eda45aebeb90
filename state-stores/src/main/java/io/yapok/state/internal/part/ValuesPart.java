package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;

/** Looks at the numbers of one field one by one; those that are not finite are passed over. */
abstract class ValuesPart implements RecordsPart {
  final Shown shown;
  private final Numbers numbers;

  ValuesPart(Shown shown, Numbers numbers) {
    this.shown = shown;
    this.numbers = numbers;
  }

  @Override
  public final void add(Batch batch, int record, long timestamp, long now) {
    Column from = shown.from(batch);
    for (int row = shown.firstRow(batch, record); row < shown.lastRow(batch, record); row++) {
      double value = numbers.at(from, row);
      if (Double.isFinite(value)) {
        add(value, timestamp);
      }
    }
  }

  abstract void add(double value, long timestamp);
}
