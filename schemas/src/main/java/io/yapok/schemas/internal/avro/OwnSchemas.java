package io.yapok.schemas.internal.avro;

import io.yapok.schemas.OwnSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;

/** Reads our own schemas from the files that hold them. */
public final class OwnSchemas {
  private OwnSchemas() {}

  /** A schema, parsed anew. */
  public static Schema of(OwnSchema schema) {
    Schema.Parser parser = new Schema.Parser();
    if (schema == OwnSchema.RELEASE) {
      parse(OwnSchema.PIPELINE, parser); // is a part of it
    }
    return parse(schema, parser);
  }

  private static Schema parse(OwnSchema schema, Schema.Parser parser) {
    try (InputStream file = Objects.requireNonNull(OwnSchema.class.getResourceAsStream(schema.label() + ".avsc"))) {
      return parser.parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A schema as text. */
  public static String json(OwnSchema schema, boolean indented) {
    return SchemaFormatter.format(indented ? "json/pretty" : "json/inline", of(schema));
  }
}
