package io.yapok.schemas;

import io.yapok.schemas.internal.avro.AvroSchemaWriter;
import io.yapok.schemas.internal.avro.ResultRecord;
import io.yapok.schemas.internal.avro.SchemaMatch;
import io.yapok.schemas.internal.json.JsonSchemaWriter;
import java.util.List;
import java.util.Map;

/** What a producer must send, written in the languages that producers' tools read. */
public final class RecordSchemas {
  private RecordSchemas() {}

  /**
   * A JSON Schema (2020-12) of a source's records. It is narrower than what the decoder takes, which also knows flat arrays for nested ones, arrays of one for single values,
   * names with dots in them and {@code "NaN"} as text; a schema that allowed it all would tell a producer little. What it cannot say is in its descriptions.
   *
   * @return maps, lists, text, numbers and truth values
   */
  public static Map<String, Object> json(SourceSchema source, String title) {
    return JsonSchemaWriter.write(source, title);
  }

  /**
   * An Avro schema of a source's records. Each field has the type that loses nothing on its way to the model; a record of any other numeric type is read too, as are more fields, and other names with
   * these as aliases.
   *
   * @param name of the record's type; what Avro's names cannot have becomes an underscore
   * @return maps, lists, text, numbers and truth values
   * @throws IllegalArgumentException if a field's name is none of Avro's, so that no record can have it
   */
  public static Map<String, Object> avro(SourceSchema source, String name) {
    return AvroSchemaWriter.write(source, name);
  }

  /**
   * A way in which records of a schema are not what a pipeline reads.
   *
   * @param path of the field that is read
   * @param message what is expected and what the schema has
   */
  public record Mismatch(String path, String message) {}

  /**
   * What Avro records of a schema would be rejected for; nothing if it is what a source reads. Where a field may be of several types, each that cannot be read is one.
   *
   * @throws UnknownSchemaException if it is no schema
   */
  public static List<Mismatch> avroMismatches(SourceSchema source, WriterSchemas.Written written) {
    return SchemaMatch.mismatches(source, written);
  }

  /**
   * The Avro schema of a pipeline's results, in JSON.
   *
   * @param indented for people, else on one line
   */
  public static String avroResult(ResultSchema schema, boolean indented) {
    return ResultRecord.json(schema, indented);
  }

  /**
   * Registers the Avro schema of a pipeline's results, unless it is there, and answers its id.
   *
   * @throws RegistryException if the registry stays away or does not take it
   */
  public static int registerAvroResult(ResultSchema schema, WriterSchemas schemas) {
    return ResultRecord.register(schema, schemas);
  }
}
