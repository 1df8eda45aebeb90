package io.yapok.schemas.internal.oip;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.Format;
import io.yapok.schemas.internal.json.FieldsText;
import io.yapok.schemas.internal.json.RecordText;

/** {@code oip}. */
public final class OipFormat implements Format {
  @Override
  public String name() {
    return "oip";
  }

  @Override
  public RecordDecoder decoder(SourceSchema schema, WriterSchemas schemas) {
    return new OipRecordDecoder(schema);
  }

  @Override
  public RecordText text(ResultSchema schema, WriterSchemas schemas) {
    return new FieldsText(schema);
  }

  @Override
  public ResultEncoder encoder(ResultSchema schema, RecordText records, WriterSchemas schemas) {
    throw new IllegalArgumentException("results are not written in the Open Inference Protocol");
  }
}
