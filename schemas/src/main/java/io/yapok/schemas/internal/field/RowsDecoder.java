package io.yapok.schemas.internal.field;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;

/** What decoders of every format do around their reading: a bad record is rejected and leaves no row, one that does not fit is taken back, or rejected where it is alone. */
public abstract class RowsDecoder implements RecordDecoder {
  private final String wanted;

  /**
   * A decoder.
   *
   * @param wanted what a value is, for messages: {@code a JSON object}
   */
  protected RowsDecoder(String wanted) {
    this.wanted = wanted;
  }

  /**
   * Reads a record's value into rows from {@code firstRow} on, and answers how many there are, which may be none.
   *
   * @throws BadRecordException if it cannot be read
   * @throws ColumnFullException if there is no room for it
   */
  protected abstract int readRows(Batch batch, byte[] value, int firstRow);

  @Override
  public final boolean decode(Batch batch) {
    int record = batch.records() - 1;
    byte[] value = batch.value(record);
    if (value == null) {
      batch.reject(record, new Reject(RejectReason.NULL_VALUE, Reject.SOURCE, "", wanted + " expected, the value is null"));
      return true;
    }
    try {
      batch.endRecord(readRows(batch, value, batch.rowStart(record)));
    } catch (BadRecordException bad) {
      batch.discardRowsOfLastRecord();
      batch.reject(record, bad.toReject());
    } catch (ColumnFullException full) {
      batch.discardRowsOfLastRecord();
      if (batch.rows() > 0) {
        return false;
      }
      batch.reject(record, new Reject(RejectReason.TOO_LARGE, Reject.SOURCE, "", String.valueOf(full.getMessage())));
    }
    return true;
  }

  /**
   * Makes room for so many rows of the batch.
   *
   * @throws ColumnFullException if it holds no more
   */
  public static void reserve(Batch batch, long rows) {
    if (rows > batch.maxRows()) {
      throw new ColumnFullException("the record holds more rows than the " + batch.maxRows() + " that fit a batch");
    }
    batch.reserveRows((int) rows);
  }
}
