package io.yapok.schemas.internal.json;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.field.Integers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what a source's fields ask of a record as a JSON Schema, as maps and lists. */
public final class JsonSchemaWriter {
  private static final String TYPE = "type";
  private static final String OBJECT = "object";
  private static final String ARRAY = "array";
  private static final String ITEMS = "items";
  private static final String ANY_OF = "anyOf";
  private static final String DESCRIPTION = "description";
  private static final double LARGEST_FLOAT16 = 65504;
  private static final double LARGEST_BFLOAT16 = 0x1.FEp127;

  private JsonSchemaWriter() {}

  /** The schema, its dialect first. */
  public static Map<String, Object> write(SourceSchema source, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    String rowsPath = source.rowsPath();
    if (rowsPath == null) {
      ObjectSchema record = new ObjectSchema();
      source.fields().forEach(field -> record.add(field.path(), value(field, source.layout()), field.fallback() == null));
      schema.putAll(record.toMap());
    } else {
      schema.putAll(withRows(source, rowsPath));
    }
    return schema;
  }

  /** A field may stand in each row or, for all of them, around the rows. */
  private static Map<String, Object> withRows(SourceSchema source, String rowsPath) {
    String prefix = rowsPath + ".";
    ObjectSchema record = new ObjectSchema();
    ObjectSchema row = new ObjectSchema();
    List<Object> somewhere = new ArrayList<>();
    for (SourceField field : source.fields()) {
      Map<String, Object> value = value(field, source.layout());
      boolean required = field.fallback() == null;
      if (field.path().startsWith(prefix)) {
        row.add(field.path().substring(prefix.length()), value, required);
      } else {
        row.add(field.path(), value, false);
        record.add(field.path(), value, false);
        if (required) {
          somewhere.add(schema(ANY_OF, List.of(requiring(field.path()), requiringRows(rowsPath, field.path()))));
        }
      }
    }
    String about = "the record's rows; a field that a row does not have is looked for in the record around them";
    record.add(rowsPath, schema(TYPE, ARRAY, ITEMS, row.toMap(), DESCRIPTION, about), true);
    Map<String, Object> schema = record.toMap();
    if (!somewhere.isEmpty()) {
      schema.put("allOf", somewhere);
    }
    return schema;
  }

  private static Map<String, Object> requiring(String path) {
    ObjectSchema object = new ObjectSchema();
    object.add(path, Map.of(), true);
    return object.toMap();
  }

  private static Map<String, Object> requiringRows(String rowsPath, String path) {
    ObjectSchema object = new ObjectSchema();
    object.add(rowsPath, schema(TYPE, ARRAY, ITEMS, requiring(path)), true);
    return object.toMap();
  }

  private static Map<String, Object> schema(Object... namesAndValues) {
    Map<String, Object> schema = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      schema.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return schema;
  }

  private static Map<String, Object> value(SourceField field, Layout layout) {
    ColumnSpec column = layout.column(field.slot());
    if (column.type() == ElementType.JSON) {
      return Map.of();
    }
    boolean mayBeNull = field.fallback() != null;
    Map<String, Object> element = orNull(element(column.type()), mayBeNull);
    boolean isSingle = column.shape().elements() == 1; // a single value, whatever dimensions the model gives it
    Map<String, Object> described = new LinkedHashMap<>(isSingle ? element : orNull(array(column, 0, element), mayBeNull));
    described.put(DESCRIPTION, description(column, field));
    return described;
  }

  private static Map<String, Object> array(ColumnSpec column, int axis, Map<String, Object> element) {
    if (axis == column.shape().rank()) {
      return element;
    }
    Map<String, Object> schema = schema(TYPE, ARRAY, ITEMS, array(column, axis + 1, element));
    int size = column.shape().dim(axis);
    if (size != RowShape.DYNAMIC) {
      schema.put("minItems", size);
      schema.put("maxItems", size);
    }
    return schema;
  }

  private static String description(ColumnSpec column, SourceField field) {
    String what = column.type().label() + (column.shape().rank() == 0 ? "" : column.shape());
    String even = column.shape().isFixed() || column.shape().rank() < 2 ? "" : "; arrays side by side have one length";
    String fallback = field.fallback() == null ? "" : "; absent or null, " + field.fallback() + " stands in";
    return what + even + fallback;
  }

  private static Map<String, Object> orNull(Map<String, Object> schema, boolean mayBeNull) {
    return mayBeNull ? schema(ANY_OF, List.of(schema, schema(TYPE, "null"))) : schema;
  }

  private static Map<String, Object> element(ElementType type) {
    return switch (type) {
      case TEXT -> schema(TYPE, "string");
      case BOOL -> schema(TYPE, "boolean");
      case INT8, INT16, INT32, INT64, UINT8 -> between("integer", Integers.min(type), Integers.max(type));
      case FLOAT64 -> between("number", -Double.MAX_VALUE, Double.MAX_VALUE);
      case FLOAT32 -> between("number", -(double) Float.MAX_VALUE, (double) Float.MAX_VALUE);
      case FLOAT16 -> between("number", -LARGEST_FLOAT16, LARGEST_FLOAT16);
      case BFLOAT16 -> between("number", -LARGEST_BFLOAT16, LARGEST_BFLOAT16);
      case JSON -> Map.of();
    };
  }

  private static Map<String, Object> between(String type, Number least, Number most) {
    return schema(TYPE, type, "minimum", least, "maximum", most);
  }

  /** An object's members by dotted path, each with all that is asked of it. */
  private static final class ObjectSchema {
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** What one name may hold: a value that is read whole, an object that is read into, or both. */
    private static final class Member {
      private final List<Object> values = new ArrayList<>();
      private final ObjectSchema inner = new ObjectSchema();
      private boolean isRead;
      private boolean isRequired;
    }

    void add(String path, Map<String, Object> value, boolean isRequired) {
      int dot = path.indexOf('.');
      Member member = members.computeIfAbsent(dot < 0 ? path : path.substring(0, dot), name -> new Member());
      member.isRequired |= isRequired;
      if (dot < 0) {
        member.values.add(value);
      } else {
        member.isRead = true;
        member.inner.add(path.substring(dot + 1), value, isRequired);
      }
    }

    Map<String, Object> toMap() {
      Map<String, Object> properties = new LinkedHashMap<>();
      List<Object> required = new ArrayList<>();
      members.forEach(
          (name, member) -> {
            properties.put(name, all(member));
            if (member.isRequired) {
              required.add(name);
            }
          });
      Map<String, Object> schema = schema(TYPE, OBJECT, "properties", properties);
      if (!required.isEmpty()) {
        schema.put("required", required);
      }
      return schema;
    }

    private static Object all(Member member) {
      List<Object> all = new ArrayList<>(member.values);
      if (member.isRead) {
        all.add(member.inner.toMap());
      }
      List<Object> distinct = all.stream().distinct().toList();
      return distinct.size() == 1 ? distinct.getFirst() : JsonSchemaWriter.schema("allOf", distinct);
    }
  }
}
