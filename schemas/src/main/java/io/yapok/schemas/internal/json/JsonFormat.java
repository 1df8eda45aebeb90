package io.yapok.schemas.internal.json;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.Format;

/** {@code json}. */
public final class JsonFormat implements Format {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public RecordDecoder decoder(SourceSchema schema, WriterSchemas schemas) {
    return new JsonRecordDecoder(schema);
  }

  @Override
  public RecordText text(ResultSchema schema, WriterSchemas schemas) {
    return new JsonRecordText(ShownFields.of(schema));
  }

  @Override
  public ResultEncoder encoder(ResultSchema schema, RecordText records, WriterSchemas schemas) {
    return new JsonResultEncoder(schema, records);
  }
}
