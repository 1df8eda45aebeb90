package io.yapok.schemas.internal.avro;

import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaFormatter;

/**
 * The schema of a pipeline's results. Each output may be null, and is if it is left out: so whoever reads by the schema of a pipeline with one output more, or one less, reads the results of the other
 * (compatibility BACKWARD and FORWARD); no result has a null.
 */
public final class ResultRecord {
  private static final String NAMESPACE = "io.yapok.result";

  private ResultRecord() {}

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
    String name = Identifiers.of(schema.pipeline());
    Schema model = record(name + "_model", List.of(new Field("name", text()), new Field("version", Schema.create(Schema.Type.LONG)), new Field("sha256", text())));
    Schema metadata =
        record(
            name + "_metadata",
            List.of(
                new Field("pipeline", text()),
                new Field("pipeline_version", text(), "a hash of the pipeline's document and its models"),
                new Field("models", Schema.createArray(model)),
                new Field("elapsed", Schema.createArray(Schema.create(Schema.Type.LONG)), "nanoseconds for the batch that the record was in: decoding, then each step"),
                new Field("partition", Schema.create(Schema.Type.INT), "of the source"),
                new Field("offset", Schema.create(Schema.Type.LONG), "in the source")));
    Schema anomaly =
        record(
            name + "_anomaly",
            List.of(
                new Field("count", Schema.create(Schema.Type.INT), "how many rules flag the record"),
                new Field("flagged", Schema.createMap(Schema.create(Schema.Type.INT)), "how many of its rows each of these flags")));
    return record(
        name + "_result",
        List.of(
            new Field("time", LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)), "of the answer"),
            optional("in", text(), "the record as JSON"),
            new Field("out", record(name + "_out", outputs(schema, name))),
            new Field("anomaly", anomaly),
            new Field("metadata", metadata)));
  }

  private static List<Field> outputs(ResultSchema schema, String name) {
    Identifiers names = new Identifiers();
    List<Field> fields = new ArrayList<>();
    for (Named output : schema.outputs()) {
      Schema type = type(schema, output);
      fields.add(optional(names.unique(output.name()), schema.manyRows() ? Schema.createArray(type) : type, output.name()));
    }
    for (Ranking ranking : schema.rankings()) {
      String field = names.unique(ranking.name());
      fields.add(optional(field, Schema.createArray(record(name + "_" + field, kept(schema, ranking))), "best first"));
    }
    return fields;
  }

  private static List<Field> kept(ResultSchema schema, Ranking ranking) {
    Identifiers names = new Identifiers();
    return ranking.fields().stream().map(shown -> optional(names.unique(shown.name()), type(schema, shown), shown.name())).toList();
  }

  private static Schema type(ResultSchema schema, Named column) {
    return new ResultValue(column.slot(), schema.layout().column(column.slot())).type();
  }

  private static Schema record(String name, List<Field> fields) {
    return Schema.createRecord(name, null, NAMESPACE, false, fields);
  }

  private static Schema text() {
    return Schema.create(Schema.Type.STRING);
  }

  private static Field optional(String name, Schema type, String doc) {
    return new Field(name, Schema.createUnion(Schema.create(Schema.Type.NULL), type), doc, Field.NULL_DEFAULT_VALUE);
  }
}
