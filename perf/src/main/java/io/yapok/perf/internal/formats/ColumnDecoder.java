package io.yapok.perf.internal.formats;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.WriterSchemas.Written;
import java.nio.FloatBuffer;
import java.util.List;

/** Yapok's own: into a batch's column. */
final class ColumnDecoder implements RecordsDecoder {
  private static final long MAX_BATCH_BYTES = 16L << 20;

  private final Batch batch;
  private final RecordDecoder decoder;

  ColumnDecoder(String format) {
    Layout layout = new Layout(List.of(new ColumnSpec(EncodedRecords.FIELD, ElementType.FLOAT32, RowShape.of(EncodedRecords.WIDTH))));
    WriterSchemas schemas = id -> new Written(EncodedRecords.SCHEMA.toString(), List.of());
    batch = new Batch(layout, MAX_BATCH_BYTES);
    decoder = Formats.decoder(format, new SourceSchema(layout, List.of(new SourceField(EncodedRecords.FIELD, 0, null)), null), schemas);
  }

  @Override
  public FloatBuffer decode(byte[][] records, int from, int to) {
    batch.clear();
    for (int i = from; i < to; i++) {
      int record = batch.addRecord(null, records[i], 0, 0, i, null);
      boolean fits = decoder.decode(batch);
      Reject reject = batch.rejection(record);
      if (!fits || reject != null) {
        throw new IllegalStateException("a record of the benchmark's was rejected: " + reject);
      }
    }
    return batch.column(0).floats();
  }
}
