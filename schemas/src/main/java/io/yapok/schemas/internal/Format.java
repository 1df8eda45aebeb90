package io.yapok.schemas.internal;

import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;

/** One way to write records as bytes. {@link io.yapok.schemas.Formats} lists them. */
public interface Format {
  /** The name in pipeline documents. */
  String name();

  /** A decoder for one thread. */
  RecordDecoder decoder(SourceSchema schema);

  /** An encoder for one thread. */
  ResultEncoder encoder(ResultSchema schema);
}
