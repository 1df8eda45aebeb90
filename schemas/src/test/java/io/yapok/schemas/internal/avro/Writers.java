package io.yapok.schemas.internal.avro;

import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Producers who write by Avro's own library in the Confluent wire format, and a registry that knows their schemas. */
final class Writers implements WriterSchemas {
  private final Map<Integer, Written> schemas = new HashMap<>();

  /** Registers a schema, of which single quotes are double ones. */
  Schema register(int id, String json) {
    Schema schema = parse(json);
    schemas.put(id, new Written(schema.toString(), List.of()));
    return schema;
  }

  void register(int id, Written written) {
    schemas.put(id, written);
  }

  static Schema parse(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  /** A record type with these fields, each {@code {'name':..., 'type':...}}. */
  static String record(String fields) {
    return "{'type':'record','name':'R','fields':[" + fields + "]}";
  }

  @Override
  public Written written(int id) {
    Written schema = schemas.get(id);
    if (schema == null) {
      throw new UnknownSchemaException("Schema " + id + " not found");
    }
    return schema;
  }

  static GenericRecord record(Schema schema, Object... namesAndValues) {
    var builder = new GenericRecordBuilder(schema);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return builder.build();
  }

  static byte[] framed(int id, Object value, Schema schema) {
    return framed(id, value, schema, false);
  }

  static byte[] framed(int id, Object value, Schema schema, boolean sized) {
    return AvroBytes.framed(id, value, schema, sized);
  }
}
