package io.yapok.schemas.internal.avro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Maps, lists, text, numbers and truth values as Avro records, and back, by a schema. An array that says {@code "entries": true} stands for a map, whose order Avro's own maps do not keep: the first field of
 * each of its records is a key, the second the value, or if there are more, the fields of the value.
 */
final class AvroTree {
  private static final String ENTRIES = "entries";

  private AvroTree() {}

  /** What a schema makes of a value. */
  static @Nullable Object toAvro(Schema schema, @Nullable Object value) {
    return switch (schema.getType()) {
      case UNION -> toAvro(branch(schema, value), value);
      case RECORD -> record(schema, (Map<?, ?>) required(schema, value));
      case ARRAY -> isMap(schema) ? entries(schema.getElementType(), (Map<?, ?>) required(schema, value)) : elements(schema.getElementType(), (List<?>) required(schema, value));
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM, FIXED, MAP -> value;
    };
  }

  /** The value that was made so. */
  static @Nullable Object fromAvro(Schema schema, @Nullable Object value) {
    return switch (schema.getType()) {
      case UNION -> fromAvro(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
      case RECORD -> map((GenericRecord) required(schema, value));
      case ARRAY -> isMap(schema) ? map(schema.getElementType(), (List<?>) required(schema, value)) : list(schema.getElementType(), (List<?>) required(schema, value));
      case STRING -> String.valueOf(value);
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, ENUM, FIXED, MAP -> value;
    };
  }

  private static Schema branch(Schema union, @Nullable Object value) {
    return union.getTypes().stream().filter(type -> isOf(type, value)).findFirst().orElseThrow(() -> new AvroTypeException("none of " + union + " is " + value));
  }

  private static boolean isOf(Schema type, @Nullable Object value) {
    return switch (type.getType()) {
      case NULL -> value == null;
      case RECORD -> value instanceof Map<?, ?> map && map.keySet().stream().allMatch(key -> type.getField(key.toString()) != null);
      case ARRAY -> isMap(type) ? value instanceof Map : value instanceof List;
      case BOOLEAN -> value instanceof Boolean;
      case INT -> value instanceof Integer;
      case LONG -> value instanceof Long;
      case DOUBLE -> value instanceof Double;
      case STRING -> value instanceof String;
      case FLOAT, BYTES, ENUM, FIXED, MAP, UNION -> false;
    };
  }

  private static boolean isMap(Schema array) {
    return Boolean.TRUE.equals(array.getObjectProp(ENTRIES));
  }

  private static GenericRecord record(Schema schema, Map<?, ?> map) {
    GenericRecord record = new GenericData.Record(schema);
    for (Field field : schema.getFields()) {
      Object value = map.get(field.name());
      record.put(field.pos(), value == null ? GenericData.get().getDefaultValue(field) : toAvro(field.schema(), value));
    }
    return record;
  }

  private static List<GenericRecord> entries(Schema entry, Map<?, ?> map) {
    List<GenericRecord> records = new ArrayList<>();
    List<Field> fields = entry.getFields();
    map.forEach(
        (key, value) -> {
          Map<Object, Object> members = new LinkedHashMap<>();
          if (isPair(entry)) {
            members.put(fields.getLast().name(), value);
          } else {
            members.putAll((Map<?, ?>) value);
          }
          members.put(fields.getFirst().name(), key);
          records.add(record(entry, members));
        });
    return records;
  }

  private static List<@Nullable Object> elements(Schema element, List<?> list) {
    List<@Nullable Object> elements = new ArrayList<>();
    list.forEach(value -> elements.add(toAvro(element, value)));
    return elements;
  }

  /** What is null or empty is left out. */
  private static Map<String, Object> map(GenericRecord record) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Field field : record.getSchema().getFields()) {
      Object value = fromAvro(field.schema(), record.get(field.pos()));
      if (value != null && !(value instanceof List<?> list && list.isEmpty()) && !(value instanceof Map<?, ?> entries && entries.isEmpty())) {
        map.put(field.name(), value);
      }
    }
    return map;
  }

  private static Map<String, Object> map(Schema entry, List<?> records) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Object record : records) {
      Map<String, Object> members = map((GenericRecord) record);
      String key = String.valueOf(members.remove(entry.getFields().getFirst().name()));
      Object value = isPair(entry) ? members.getOrDefault(entry.getFields().getLast().name(), List.of()) : members;
      if (map.putIfAbsent(key, value) != null) {
        throw new AvroTypeException("the entry " + key + " stands twice");
      }
    }
    return map;
  }

  private static boolean isPair(Schema entry) {
    return entry.getFields().size() == 2;
  }

  private static List<Object> list(Schema element, List<?> values) {
    List<Object> list = new ArrayList<>();
    values.forEach(value -> list.add(required(element, fromAvro(element, value))));
    return list;
  }

  private static Object required(Schema schema, @Nullable Object value) {
    if (value == null) {
      throw new AvroTypeException("a value of " + schema.getName() + " is absent");
    }
    return value;
  }
}
