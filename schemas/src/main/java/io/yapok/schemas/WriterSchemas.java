package io.yapok.schemas;

import java.util.List;

/** The schemas that records were written with, by the ids that they carry, and those that results are written with. May be asked by several threads. */
public interface WriterSchemas {
  /** There is no registry: no id is known. */
  WriterSchemas NONE =
      id -> {
        throw new UnknownSchemaException("there is no schema registry to look it up in");
      };

  /**
   * A schema.
   *
   * @param references schemas in JSON that the other names, those first that others name
   */
  record Written(String json, List<String> references) {
    public Written {
      references = List.copyOf(references);
    }
  }

  /**
   * The schema of an id. Waits while the registry does not answer, since that is no record's fault.
   *
   * @throws UnknownSchemaException if there is none, or it is none of Avro's
   * @throws RegistryException if the registry stays away
   */
  Written written(int id);

  /**
   * The id of a schema that results are written with; registers it where it is not yet. Waits while the registry does not answer.
   *
   * @param name the full name of its record type
   * @throws RegistryException if it stays away, or does not take the schema, or may not be given any and does not have it
   */
  default int register(String name, String json) {
    throw new IllegalStateException("there is no schema registry to register a schema in");
  }
}
