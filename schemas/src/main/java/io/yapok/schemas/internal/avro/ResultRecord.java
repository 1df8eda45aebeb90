package io.yapok.schemas.internal.avro;

import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaFormatter;

/**
 * The schema of a pipeline's results: {@code result.avsc} with the pipeline's name in the names of the types, and its outputs in {@code out}. Each output may be null, and is if it is left out: so whoever
 * reads by the schema of a pipeline with one output more, or one less, reads the results of the other (compatibility BACKWARD and FORWARD); no result has a null.
 */
public final class ResultRecord {
  /** What the names of the file's types begin with. */
  private static final String FRAME = "pipeline";

  private static final String OUTPUTS = "_out";

  private final ResultSchema result;
  private final String name;

  private ResultRecord(ResultSchema result) {
    this.result = result;
    this.name = Identifiers.of(result.pipeline());
  }

  /** Registers the schema, unless it is there, and answers its id. */
  public static int register(ResultSchema results, WriterSchemas schemas) {
    Schema schema = schema(results);
    return schemas.register(schema.getFullName(), schema.toString());
  }

  /** The schema, in JSON. */
  public static String json(ResultSchema schema, boolean indented) {
    return SchemaFormatter.format(indented ? "json/pretty" : "json/inline", schema(schema));
  }

  private static Schema schema(ResultSchema schema) {
    return new ResultRecord(schema).filled(OwnSchemas.of(OwnSchema.RESULT));
  }

  private Schema filled(Schema type) {
    if (type.getType() == Schema.Type.ARRAY) {
      return Schema.createArray(filled(type.getElementType()));
    }
    if (type.getType() != Schema.Type.RECORD) {
      return type;
    }
    String part = type.getName().substring(FRAME.length());
    List<Field> fields = part.equals(OUTPUTS) ? outputs(type.getNamespace()) : type.getFields().stream().map(field -> new Field(field, filled(field.schema()))).toList();
    return Schema.createRecord(name + part, type.getDoc(), type.getNamespace(), false, fields);
  }

  private List<Field> outputs(String namespace) {
    Identifiers names = new Identifiers();
    List<Field> fields = new ArrayList<>();
    for (Named output : result.outputs()) {
      Schema type = type(output);
      fields.add(optional(names.unique(output.name()), result.manyRows() ? Schema.createArray(type) : type, output.name()));
    }
    for (Ranking ranking : result.rankings()) {
      String field = names.unique(ranking.name());
      Schema kept = Schema.createRecord(name + "_" + field, "A row that the ranking kept.", namespace, false, kept(ranking));
      fields.add(optional(field, Schema.createArray(kept), "best first"));
    }
    return fields;
  }

  private List<Field> kept(Ranking ranking) {
    Identifiers names = new Identifiers();
    return ranking.fields().stream().map(shown -> optional(names.unique(shown.name()), type(shown), shown.name())).toList();
  }

  private Schema type(Named column) {
    return new ResultValue(column.slot(), result.layout().column(column.slot())).type();
  }

  private static Field optional(String name, Schema type, String doc) {
    return new Field(name, Schema.createUnion(Schema.create(Schema.Type.NULL), type), doc, Field.NULL_DEFAULT_VALUE);
  }
}
