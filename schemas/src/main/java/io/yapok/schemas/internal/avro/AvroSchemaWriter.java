package io.yapok.schemas.internal.avro;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what a source's fields ask of a record as an Avro schema, as maps and lists. */
public final class AvroSchemaWriter {
  private static final String TYPE = "type";
  private static final String NAME = "name";

  private AvroSchemaWriter() {}

  /** The schema of the whole record. A field of many rows stands in the rows, though one around them would do. */
  public static Map<String, Object> write(SourceSchema source, String name) {
    RecordType record = new RecordType(Identifiers.of(name));
    String rowsPath = source.rowsPath();
    RecordType row = rowsPath == null ? record : record.descend(rowsPath, true);
    String prefix = rowsPath + ".";
    for (SourceField field : source.fields()) {
      String path = rowsPath != null && field.path().startsWith(prefix) ? field.path().substring(prefix.length()) : field.path();
      row.add(path, field, source.layout().column(field.slot()));
    }
    return record.toMap();
  }

  private static Object type(ColumnSpec column) {
    Object type = ResultValue.primitive(column.type()).getName();
    for (int axis = 0; column.shape().elements() != 1 && axis < column.shape().rank(); axis++) {
      type = array(type);
    }
    return type;
  }

  private static Map<String, Object> array(Object items) {
    Map<String, Object> array = new LinkedHashMap<>();
    array.put(TYPE, "array");
    array.put("items", items);
    return array;
  }

  /** A record type in the making. */
  private static final class RecordType {
    private final String name;
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** A field: of a type of its own, or a record, of which there may be many. */
    private static final class Member {
      private @Nullable Object type;
      private String doc = "";
      private boolean isOptional;
      private @Nullable RecordType record;
      private boolean isArray;
    }

    RecordType(String name) {
      this.name = name;
    }

    RecordType descend(String path, boolean asArray) {
      int dot = path.indexOf('.');
      String first = dot < 0 ? path : path.substring(0, dot);
      Member member = member(first);
      RecordType inner = member.record;
      if (inner == null) {
        inner = new RecordType(name + "_" + first);
        member.record = inner;
      }
      member.isArray |= asArray && dot < 0;
      return dot < 0 ? inner : inner.descend(path.substring(dot + 1), asArray);
    }

    /** A field that is read as several types is of the widest. */
    void add(String path, SourceField field, ColumnSpec column) {
      int dot = path.lastIndexOf('.');
      if (dot >= 0) {
        descend(path.substring(0, dot), false).add(path.substring(dot + 1), field, column);
        return;
      }
      Member member = member(path);
      Object type = type(column);
      member.type = member.type == null || isWider(type, member.type) ? type : member.type;
      member.isOptional = field.fallback() != null;
      member.doc = column.type().label() + (column.shape().rank() == 0 ? "" : column.shape()) + (field.fallback() == null ? "" : "; absent or null, " + field.fallback() + " stands in");
    }

    private static boolean isWider(Object type, Object than) {
      List<String> order = List.of("int", "long", "float", "double");
      return type instanceof String one && than instanceof String other && order.indexOf(one) > order.indexOf(other);
    }

    private Member member(String field) {
      if (!field.equals(Identifiers.of(field))) {
        throw new IllegalArgumentException("\"" + field + "\" is no name that a field of an Avro record can have");
      }
      return members.computeIfAbsent(field, key -> new Member());
    }

    Map<String, Object> toMap() {
      List<Object> fields = new ArrayList<>();
      members.forEach((field, member) -> fields.add(field(field, member)));
      Map<String, Object> record = new LinkedHashMap<>();
      record.put(TYPE, "record");
      record.put(NAME, name);
      record.put("fields", fields);
      return record;
    }

    private static Map<String, Object> field(String name, Member member) {
      RecordType record = member.record;
      Object type = record == null ? Objects.requireNonNull(member.type) : record.toMap();
      if (member.isArray) {
        type = array(type);
      }
      Map<String, Object> field = new LinkedHashMap<>();
      field.put(NAME, name);
      if (!member.doc.isEmpty()) {
        field.put("doc", member.doc);
      }
      field.put(TYPE, member.isOptional ? List.of("null", type) : type);
      if (member.isOptional) {
        field.put("default", null);
      }
      return field;
    }
  }
}
