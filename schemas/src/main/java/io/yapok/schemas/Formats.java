package io.yapok.schemas;

import io.yapok.schemas.internal.Format;
import io.yapok.schemas.internal.avro.AvroFormat;
import io.yapok.schemas.internal.json.JsonFormat;
import io.yapok.schemas.internal.oip.OipFormat;
import io.yapok.schemas.internal.tensor.TensorFormat;
import java.util.List;

/** The formats of sources and sinks by the names that pipeline documents use. */
public final class Formats {
  private static final List<Format> ALL = List.of(new JsonFormat(), new AvroFormat(), new TensorFormat(), new OipFormat());

  private Formats() {}

  /** All names, for messages and checks. */
  public static List<String> names() {
    return ALL.stream().map(Format::name).toList();
  }

  /** Whether there is a format of this name. */
  public static boolean isKnown(String name) {
    return names().contains(name);
  }

  /**
   * A decoder for one thread.
   *
   * @param schemas where records name the schemas that they were written with
   * @throws IllegalArgumentException if no format has this name, or it cannot hold these fields
   */
  public static RecordDecoder decoder(String format, SourceSchema schema, WriterSchemas schemas) {
    return named(format).decoder(schema, schemas);
  }

  /** A decoder for records that name no schema. */
  public static RecordDecoder decoder(String format, SourceSchema schema) {
    return decoder(format, schema, WriterSchemas.NONE);
  }

  /**
   * An encoder for one thread.
   *
   * @param source the format of the records that are answered, which results may show
   * @param schemas where records or results name the schemas that they are written with
   * @throws RegistryException if results do, and the registry does not take theirs
   * @throws IllegalArgumentException if no format has this name, or it cannot hold these outputs
   */
  public static ResultEncoder encoder(String format, ResultSchema schema, String source, WriterSchemas schemas) {
    return named(format).encoder(schema, named(source).text(schema, schemas), schemas);
  }

  /** An encoder of answers to records that name no schema: JSON, unless the schema has fields to show them out of ({@link ResultSchema#fields}). */
  public static ResultEncoder encoder(String format, ResultSchema schema) {
    return encoder(format, schema, schema.fields().isEmpty() ? "json" : "tensor", WriterSchemas.NONE);
  }

  private static Format named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no format is named " + name + "; there are " + String.join(", ", names())));
  }
}
