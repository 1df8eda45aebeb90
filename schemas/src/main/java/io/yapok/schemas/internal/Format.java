package io.yapok.schemas.internal;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.json.RecordText;

/** One way to write records as bytes. {@link io.yapok.schemas.Formats} lists them. */
public interface Format {
  /** The name in pipeline documents. */
  String name();

  /** A decoder for one thread. */
  RecordDecoder decoder(SourceSchema schema, WriterSchemas schemas);

  /** Shows this format's records in results that are read by people; for one thread. */
  RecordText text(ResultSchema schema, WriterSchemas schemas);

  /**
   * An encoder for one thread.
   *
   * @param records shows the source's records
   */
  ResultEncoder encoder(ResultSchema schema, RecordText records, WriterSchemas schemas);
}
