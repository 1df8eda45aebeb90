package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.Format;
import io.yapok.schemas.internal.json.RecordText;
import io.yapok.schemas.internal.json.ShownFields;

/** {@code avro}. */
public final class AvroFormat implements Format {
  @Override
  public String name() {
    return "avro";
  }

  @Override
  public RecordDecoder decoder(SourceSchema schema, WriterSchemas schemas) {
    return new AvroRecordDecoder(schema, schemas);
  }

  @Override
  public RecordText text(ResultSchema schema, WriterSchemas schemas) {
    return new AvroRecordText(ShownFields.of(schema), schemas);
  }

  @Override
  public ResultEncoder encoder(ResultSchema schema, RecordText records, WriterSchemas schemas) {
    return new AvroResultEncoder(schema, records, schemas);
  }
}
