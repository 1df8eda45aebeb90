package io.yapok.state;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.StateColumn;
import io.yapok.state.internal.BatchKeys;
import io.yapok.state.internal.KeyStateCodec;
import java.util.List;

/**
 * What is remembered per key, over batches: {@link #recall} before the steps, {@link #remember} after them, once each a batch and by the thread that owns both the
 * batch and the table.
 *
 * <p><b>Which records count.</b> Every record that was decoded and has a key counts, in the order of the batch, also one that a later step rejects: a record sees all
 * earlier ones of its key that counted, in this batch or another. Whether a step rejects is not known when the next record of the key is looked at, so any other rule would
 * make answers depend on where a poll happened to cut the batches. Records that decoding rejected, or that have no key, do not count.
 *
 * <p>Time is the records' own. A record that comes late sees 0 seconds and does not set the key's clock back.
 */
public final class KeyState {
  private final StateTable table;
  private final BatchKeys keys = new BatchKeys();

  /** Remembers into a table, which its owner closes. */
  public KeyState(StateTable table) {
    this.table = table;
  }

  /**
   * Fills the state columns of all rows and works out what {@link #remember} will put. Reads each key of the batch once and writes nothing to the table, so a batch
   * may be recalled again after a failure. Rejects records without a key ({@link RejectReason#NULL_KEY}); their rows get the values of a first record.
   *
   * @param columns of the batch's layout; they may change from batch to batch
   * @throws IllegalStateException if the table holds a value of an unknown format
   */
  public void recall(Batch batch, List<StateColumn> columns) {
    keys.clear();
    batch.reserveRows(batch.rows());
    for (int record = 0; record < batch.records(); record++) {
      if (batch.isRejected(record)) {
        fillFirst(batch, record, columns);
        continue;
      }
      byte[] key = batch.key(record);
      if (key == null) {
        batch.reject(record, new Reject(RejectReason.NULL_KEY, Reject.STATE, "", "the pipeline remembers by key, and the record has none"));
        fillFirst(batch, record, columns);
        continue;
      }
      recallRecord(batch, record, entry(key), columns);
    }
  }

  /** Puts what the batch's records have led to: one put a key, in the order in which keys came. The last thing done with a batch before its results leave. */
  public void remember(Batch batch) {
    for (int entry = 0; entry < keys.size(); entry++) {
      table.put(keys.key(entry), KeyStateCodec.encode(keys.count(entry), keys.lastMillis(entry)));
    }
    keys.clear();
  }

  private int entry(byte[] key) {
    int entry = keys.find(key);
    return entry >= 0 ? entry : keys.add(key, table.get(key));
  }

  private void recallRecord(Batch batch, int record, int entry, List<StateColumn> columns) {
    long timestamp = batch.timestamp(record);
    long count = keys.count(entry);
    double seconds = count == 0 ? -1 : Math.max(0, (timestamp - keys.lastMillis(entry)) / 1000.0);
    fill(batch, record, columns, count, seconds);
    keys.count(entry, timestamp);
  }

  private static void fillFirst(Batch batch, int record, List<StateColumn> columns) {
    fill(batch, record, columns, 0, -1);
  }

  private static void fill(Batch batch, int record, List<StateColumn> columns, long count, double seconds) {
    for (StateColumn each : columns) {
      Column column = batch.column(each.slot());
      for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
        switch (each.feature()) {
          case COUNT -> column.longs().put(row, count);
          case SECONDS_SINCE_LAST -> column.doubles().put(row, seconds);
        }
      }
    }
  }
}
