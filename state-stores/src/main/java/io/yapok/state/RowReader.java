package io.yapok.state;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import org.jspecify.annotations.Nullable;

/** Decodes the rows of a table, one at a time. Belongs to one thread. */
public final class RowReader {
  private static final int BATCH_BYTES = 1 << 20;

  private final Batch batch;
  private final RecordDecoder decoder;

  /**
   * A reader of a table's rows.
   *
   * @param schemas where rows name the schemas that they were written with
   */
  public RowReader(JoinedTable table, WriterSchemas schemas) {
    this(table.table().format().label(), table.row(), schemas);
  }

  private RowReader(String format, SourceSchema row, WriterSchemas schemas) {
    this.batch = new Batch(row.layout(), BATCH_BYTES);
    this.decoder = Formats.decoder(format, row, schemas);
  }

  /** The row that stands in for one that is absent, in {@link #row}, or what rejects the record; whatever the table's format, the defaults are the document's. */
  static RowReader ofAbsent(JoinedTable table) {
    return new RowReader("json", table.row(), WriterSchemas.NONE);
  }

  /**
   * Decodes a row, which stays in {@link #row} until the next call.
   *
   * @return null if it could be decoded, else why not: {@link RejectReason#MISSING_FIELD} where a field is absent that has no default
   */
  public @Nullable Reject read(byte[] value) {
    batch.clear();
    int record = batch.addRecord(null, value, 0, 0, 0, null);
    if (!decoder.decode(batch)) {
      return new Reject(RejectReason.TOO_LARGE, Reject.SOURCE, "", "the row does not fit a batch");
    }
    return batch.rejection(record);
  }

  /** A batch whose first row is the one read last. */
  Batch row() {
    return batch;
  }
}
