package io.yapok.schemas.internal.avro;

import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import io.yapok.schemas.internal.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The schema of a pipeline's results. Each output may be null, and is if it is left out: so whoever reads by the schema of a pipeline with one output more, or one less, reads the results of the other
 * (compatibility BACKWARD and FORWARD); no result has a null.
 */
public final class ResultRecord {
  private ResultRecord() {}

  /** The schema, in JSON. */
  public static String json(ResultSchema schema) {
    String name = Identifiers.of(schema.pipeline());
    Map<String, Object> model = record(name + "_model", List.of(field("name", "string"), field("version", "long"), field("sha256", "string")));
    Map<String, Object> metadata =
        record(
            name + "_metadata",
            List.of(
                field("pipeline", "string"),
                field("pipeline_version", "string", "a hash of the pipeline's document and its models"),
                field("models", ResultValue.of("array", "items", model)),
                field("elapsed", ResultValue.of("array", "items", "long"), "nanoseconds for the batch that the record was in: decoding, then each step"),
                field("partition", "int", "of the source"),
                field("offset", "long", "in the source")));
    Map<String, Object> anomaly =
        record(name + "_anomaly", List.of(field("count", "int", "how many rules flag the record"), field("flagged", ResultValue.of("map", "values", "int"), "how many of its rows each of these flags")));
    Map<String, Object> result =
        record(
            name + "_result",
            List.of(
                field("time", ResultValue.of("long", "logicalType", "timestamp-millis"), "of the answer"),
                optional("in", "string", "the record as JSON"),
                field("out", record(name + "_out", outputs(schema, name))),
                field("anomaly", anomaly),
                field("metadata", metadata)));
    return text(result);
  }

  private static List<Object> outputs(ResultSchema schema, String name) {
    Identifiers names = new Identifiers();
    List<Object> fields = new ArrayList<>();
    for (Named output : schema.outputs()) {
      Object type = new ResultValue(output.slot(), schema.layout().column(output.slot())).type();
      fields.add(optional(names.unique(output.name()), schema.manyRows() ? ResultValue.of("array", "items", type) : type, output.name()));
    }
    for (Ranking ranking : schema.rankings()) {
      String field = names.unique(ranking.name());
      Map<String, Object> row = record(name + "_" + field, kept(schema, ranking));
      fields.add(optional(field, ResultValue.of("array", "items", row), "best first"));
    }
    return fields;
  }

  private static List<Object> kept(ResultSchema schema, Ranking ranking) {
    Identifiers names = new Identifiers();
    List<Object> fields = new ArrayList<>();
    for (Named shown : ranking.fields()) {
      fields.add(optional(names.unique(shown.name()), new ResultValue(shown.slot(), schema.layout().column(shown.slot())).type(), shown.name()));
    }
    return fields;
  }

  private static Map<String, Object> record(String name, List<?> fields) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", "record");
    record.put("name", name);
    record.put("namespace", "io.yapok.result");
    record.put("fields", fields);
    return record;
  }

  private static Map<String, Object> field(String name, Object type) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("name", name);
    field.put("type", type);
    return field;
  }

  private static Map<String, Object> field(String name, Object type, String doc) {
    Map<String, Object> field = field(name, type);
    field.put("doc", doc);
    return field;
  }

  private static Map<String, Object> optional(String name, Object type, String doc) {
    Map<String, Object> field = field(name, List.of("null", type), doc);
    field.put("default", Schema.Field.NULL_DEFAULT_VALUE);
    return field;
  }

  /** Maps, lists and texts as JSON. */
  private static String text(Object value) {
    JsonBuffer json = new JsonBuffer();
    append(value, json);
    return new String(json.toArray(), StandardCharsets.UTF_8);
  }

  private static void append(Object value, JsonBuffer json) {
    switch (value) {
      case Map<?, ?> map -> {
        json.raw('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.raw(separator.getBytes(StandardCharsets.US_ASCII));
          separator = ",";
          AvroJson.text(String.valueOf(entry.getKey()), json);
          json.raw(':');
          append(entry.getValue(), json);
        }
        json.raw('}');
      }
      case List<?> list -> {
        json.raw('[');
        String separator = "";
        for (Object each : list) {
          json.raw(separator.getBytes(StandardCharsets.US_ASCII));
          separator = ",";
          append(each, json);
        }
        json.raw(']');
      }
      case String text -> AvroJson.text(text, json);
      default -> json.raw("null".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
