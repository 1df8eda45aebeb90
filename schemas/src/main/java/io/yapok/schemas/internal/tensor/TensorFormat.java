package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.Format;
import io.yapok.schemas.internal.json.FieldsText;
import io.yapok.schemas.internal.json.RecordText;
import java.nio.ByteOrder;

/** {@code tensor}: elements little-endian and row-major, nothing before, between or after them. Columns hold the same bytes, so they are copied as they are. */
public final class TensorFormat implements Format {
  @Override
  public String name() {
    return "tensor";
  }

  @Override
  public RecordDecoder decoder(SourceSchema schema, WriterSchemas schemas) {
    requireLittleEndian(ByteOrder.nativeOrder());
    return new TensorRecordDecoder(schema);
  }

  @Override
  public RecordText text(ResultSchema schema, WriterSchemas schemas) {
    return new FieldsText(schema);
  }

  @Override
  public ResultEncoder encoder(ResultSchema schema, RecordText records, WriterSchemas schemas) {
    requireLittleEndian(ByteOrder.nativeOrder());
    return new TensorResultEncoder(schema);
  }

  /** Columns are in the machine's own order; on one that is not little-endian the copied bytes would be other numbers. */
  static void requireLittleEndian(ByteOrder machine) {
    if (machine != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("format tensor needs a little-endian machine, and this one is " + machine);
    }
  }
}
