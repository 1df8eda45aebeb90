package io.yapok.model.internal.onnx;

import io.yapok.schemas.Batch;
import java.util.Arrays;

/**
 * A batch's rows in waves: wave k holds the k-th row of each key, so that no wave has two rows of a key and a key's rows are in the waves in their order. Rows of
 * records that are rejected are in none. For one thread; allocates only to grow.
 */
final class Waves {
  private final Batch batch;
  private int[] depths = new int[0]; // by lane: how many of its rows have been seen
  private int[] starts = new int[1]; // by wave, and where the last one ends
  private int[] rows = new int[0];
  private int[] records = new int[0];
  private int count;

  Waves(Batch batch) {
    this.batch = batch;
  }

  /** Arranges the rows that the batch has now. */
  void arrange() {
    if (rows.length < batch.rows()) {
      int capacity = Math.max(batch.rows(), rows.length * 2);
      rows = new int[capacity];
      records = new int[capacity];
      starts = new int[capacity + 1];
    }
    if (depths.length < batch.lanes()) {
      depths = new int[Math.max(batch.lanes(), depths.length * 2)];
    }
    measure();
    place();
  }

  /** How many waves there are: as many as the key with the most rows has. */
  int count() {
    return count;
  }

  /** The place of a wave's first row. */
  int start(int wave) {
    return starts[wave];
  }

  /** The place after a wave's last row. */
  int end(int wave) {
    return starts[wave + 1];
  }

  /** The row at a place. */
  int row(int place) {
    return rows[place];
  }

  /** The record of the row at a place. */
  int record(int place) {
    return records[place];
  }

  /** Counts each wave's rows and leaves in {@code starts} where it ends. */
  private void measure() {
    Arrays.fill(depths, 0, batch.lanes(), 0);
    Arrays.fill(starts, 0, batch.rows() + 1, 0);
    count = 0;
    for (int record = 0; record < batch.records(); record++) {
      int rowsOfRecord = batch.rowEnd(record) - batch.rowStart(record);
      if (rowsOfRecord > 0 && !batch.isRejected(record)) {
        int lane = lane(record);
        for (int i = 0; i < rowsOfRecord; i++) {
          starts[depths[lane]++]++;
        }
        count = Math.max(count, depths[lane]);
      }
    }
    for (int wave = 1; wave <= count; wave++) {
      starts[wave] += starts[wave - 1];
    }
  }

  /** Places rows from the last to the first, each at its wave's end, which so moves to the wave's start. */
  private void place() {
    for (int record = batch.records() - 1; record >= 0; record--) {
      int first = batch.rowStart(record);
      if (batch.rowEnd(record) > first && !batch.isRejected(record)) {
        int lane = lane(record);
        for (int row = batch.rowEnd(record) - 1; row >= first; row--) {
          int at = --starts[--depths[lane]];
          rows[at] = row;
          records[at] = record;
        }
      }
    }
  }

  private int lane(int record) {
    int lane = batch.lane(record);
    if (lane == Batch.NO_LANE) {
      throw new IllegalStateException("record " + record + " has rows and no lane: what is remembered is recalled before the steps");
    }
    return lane;
  }
}
