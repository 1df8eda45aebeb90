package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;

/** What a key's records themselves lead to, and show to the steps. */
public interface RecordsPart extends Part {
  /**
   * Adds a record.
   *
   * @param record of the batch; its rows are decoded
   * @param timestamp the record's
   * @param now the largest timestamp of the key, the record's included
   */
  void add(Batch batch, int record, long timestamp, long now);

  /** Writes what a record sees into all of its rows. */
  void show(Batch batch, int record, long timestamp, long now);
}
