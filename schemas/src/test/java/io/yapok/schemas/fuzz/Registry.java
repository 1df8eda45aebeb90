package io.yapok.schemas.fuzz;

import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registry that knows these schemas, with ids from 1 on, and takes every other. */
final class Registry implements WriterSchemas {
  private final Map<Integer, Written> schemas = new HashMap<>();

  private Registry() {}

  static Registry of(String... schemas) {
    Registry registry = new Registry();
    for (String schema : schemas) {
      registry.put(registry.schemas.size() + 1, schema);
    }
    return registry;
  }

  void put(int id, String schema) {
    schemas.put(id, new Written(schema, List.of()));
  }

  @Override
  public Written written(int id) {
    Written written = schemas.get(id);
    if (written == null) {
      throw new UnknownSchemaException("Schema " + id + " not found");
    }
    return written;
  }

  @Override
  public int register(String name, String json) {
    return Integer.MAX_VALUE;
  }
}
