package io.yapok.schemas.fuzz;

import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Records in Avro, of writers whose schemas have every type in every place; the id in a record's frame chooses one of them. */
final class AvroTarget implements FuzzTarget {
  private static final String FLAT =
      """
      {"type": "record", "name": "Flat", "fields": [
        {"name": "skipped", "type": ["null", "string", {"type": "map", "values": "long"}], "default": null},
        {"name": "x", "type": {"type": "array", "items": "float"}, "default": []},
        {"name": "d", "type": ["null", "double", "int", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}], "default": null},
        {"name": "country", "type": {"type": "enum", "name": "Country", "symbols": ["CH", "PT"]}, "default": "CH"},
        {"name": "card", "type": {"type": "record", "name": "Card", "fields": [{"name": "limit", "type": "int"}, {"name": "holder", "type": ["null", "string"]}]}, "default": {"limit": 1, "holder": null}},
        {"name": "image", "type": {"type": "fixed", "name": "Image", "size": 4}, "default": "abcd"},
        {"name": "attributes", "type": {"type": "map", "values": ["null", "double", "string", "boolean"]}, "default": {}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 1767715100481},
        {"name": "n", "type": "long", "default": 3},
        {"name": "bits", "type": "bytes", "default": ""}]}
      """;

  private static final String MANY =
      """
      {"type": "record", "name": "Request", "fields": [
        {"name": "country", "type": "string", "default": "PT"},
        {"name": "x", "type": {"type": "array", "items": ["null", "float", "double"]}, "default": []},
        {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
          {"name": "n", "type": "int"}, {"name": "d", "type": ["null", "float"]}, {"name": "country", "type": ["null", "string"]}, {"name": "nothing", "type": "null"}]}}},
        {"name": "n", "type": ["null", "long"], "default": null}]}
      """;

  private static final String RECURSIVE =
      """
      {"type": "record", "name": "Node", "aliases": ["n"], "fields": [
        {"name": "number", "type": "int", "aliases": ["n"], "default": 5},
        {"name": "x", "type": {"type": "array", "items": {"type": "array", "items": "double"}}, "default": []},
        {"name": "card", "type": ["null", "Node"], "default": null},
        {"name": "attributes", "type": {"type": "map", "values": {"type": "map", "values": "Node"}}, "default": {}},
        {"name": "items", "type": {"type": "array", "items": ["null", "Node"]}, "default": []},
        {"name": "empty", "type": {"type": "array", "items": "null"}, "default": []}]}
      """;

  private static final SourceSchema ONE =
      new Fields()
          .with(0.0, "x", ElementType.FLOAT32, -1)
          .with(0.5, "d", ElementType.FLOAT64)
          .with("none", "country", ElementType.TEXT)
          .with(1L, "card.limit", ElementType.INT32)
          .with("nobody", "card.holder", ElementType.TEXT)
          .with(0L, "image", ElementType.UINT8, 4)
          .with(1.5, "attributes.a", ElementType.FLOAT32)
          .with("null", "attributes", ElementType.JSON)
          .with("null", "card", ElementType.JSON)
          .with(0L, "at", ElementType.INT64)
          .with(3L, "n", ElementType.INT8)
          .with(1L, "bits", ElementType.INT8, -1)
          .source(null);

  private static final SourceSchema ROWS =
      new Fields()
          .with(0L, "n", ElementType.INT16)
          .with(-1.0, "d", ElementType.FLOAT32)
          .with("none", "country", ElementType.TEXT)
          .with(0.0, "x", ElementType.FLOAT32, -1)
          .with("null", "items.card", ElementType.JSON)
          .source("items");

  private final List<Schema> schemas = List.of(parsed(FLAT), parsed(MANY), parsed(RECURSIVE), parsed("{\"type\": \"array\", \"items\": \"null\"}"), parsed("\"double\""));
  private final Registry registry = Registry.of(schemas.stream().map(Schema::toString).toArray(String[]::new));
  private final Pipeline one = pipeline(ONE, AvroBytes.framed(1, schemas.get(0), Map.of()), 1 << 20);
  private final Pipeline many = pipeline(ROWS, request(false), 600);
  private final Pipeline anything = pipeline(new Fields().source(null), request(true), 1 << 20);

  private static Schema parsed(String json) {
    return new Schema.Parser().parse(json);
  }

  private Pipeline pipeline(SourceSchema source, byte[] good, long bytes) {
    return new Pipeline("avro", source, registry, good, bytes, "x");
  }

  private byte[] request(boolean sized) {
    Schema schema = schemas.get(1);
    Schema item = schema.getField("items").schema().getElementType();
    List<GenericRecord> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      items.add(new GenericRecordBuilder(item).set("n", i).set("d", i == 0 ? null : i / 2f).set("country", i == 1 ? "CH" : null).set("nothing", null).build());
    }
    return AvroBytes.framed(2, new GenericRecordBuilder(schema).set("x", java.util.Arrays.asList(1f, null, 2.5)).set("items", items).set("n", 9L).build(), schema, sized);
  }

  private byte[] flat() {
    Schema schema = schemas.get(0);
    var card = new GenericRecordBuilder(schema.getField("card").schema()).set("limit", 1000).set("holder", "caf\u00e9").build();
    return AvroBytes.framed(
        1,
        schema,
        Map.of(
            "skipped", Map.of("a", 1L), "x", List.of(1f, Float.NaN), "d", ByteBuffer.wrap(new byte[] {1, 2}), "card", card, "attributes", Map.of("a", 2.5, "b", "text", "c", true), "n", 100L, "bits",
            ByteBuffer.wrap(new byte[] {1, -1})));
  }

  private byte[] nested() {
    Schema schema = schemas.get(2);
    GenericData.Record inner = new GenericRecordBuilder(schema).set("card", null).build();
    GenericData.Record node =
        new GenericRecordBuilder(schema).set("card", inner).set("x", List.of(List.of(1.0, 2.0), List.of())).set("attributes", Map.of("a", Map.of("b", inner))).set("items", java.util.Arrays.asList(inner, null)).set("empty", java.util.Arrays.asList(null, null)).build();
    return AvroBytes.framed(3, node, schema, true);
  }

  @Override
  public String name() {
    return "avro";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
        flat(), request(false), request(true), nested(), AvroBytes.framed(1, schemas.get(0), Map.of()), AvroBytes.framed(4, java.util.Arrays.asList(null, null), schemas.get(3), false), AvroBytes.framed(5, 0.5, schemas.get(4), false), new byte[] {0, 0, 0, 0, 9, 1}, new byte[0]);
  }

  @Override
  public void read(byte[] input) {
    one.read(input);
    many.read(input);
    anything.read(input);
  }
}
