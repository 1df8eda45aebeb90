package io.yapok.schemas;

import io.yapok.schemas.internal.json.JsonSchemaWriter;
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
}
