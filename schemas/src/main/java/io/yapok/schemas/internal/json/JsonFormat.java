package io.yapok.schemas.internal.json;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.Format;

/** {@code json}. */
public final class JsonFormat implements Format {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public RecordDecoder decoder(SourceSchema schema) {
    return new JsonRecordDecoder(schema);
  }

  @Override
  public ResultEncoder encoder(ResultSchema schema) {
    return new JsonResultEncoder(schema);
  }
}
