package io.yapok.schemas.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.RecordSchemas.Mismatch;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a pipeline asks of producers, and whether a schema is it. */
class AvroSchemasTest {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();

  @Test
  void shouldWriteASchemaThatAPipelineReadsAllRecordsOf() {
    field("amount", ElementType.FLOAT64, null);
    field("card.country", ElementType.TEXT, null);
    field("card.limits", ElementType.FLOAT32, null, 2, 3);
    field("ok", ElementType.BOOL, false);
    field("n", ElementType.UINT8, null);
    SourceSchema source = source(null);
    Schema schema = schema(source);

    assertThat(schema.getFields()).extracting(Schema.Field::name).containsExactly("amount", "card", "ok", "n");
    assertThat(RecordSchemas.avroMismatches(source, new Written(schema.toString(), List.of()))).isEmpty();
    acceptRandomRecords(source, schema);
  }

  @Test
  void shouldWriteRowsAsAnArrayOfRecords() {
    field("x", ElementType.FLOAT32, null, 4);
    field("items.price", ElementType.FLOAT32, -1.0);
    SourceSchema source = source("items");
    Schema schema = schema(source);

    assertThat(schema.getField("items").schema().getElementType().getFields()).extracting(Schema.Field::name).containsExactly("x", "price");
    assertThat(RecordSchemas.avroMismatches(source, new Written(schema.toString(), List.of()))).isEmpty();
    acceptRandomRecords(source, schema);
  }

  @Test
  void shouldRefuseANameThatNoFieldCanHave() {
    field("a-b", ElementType.FLOAT32, null);

    assertThatIllegalArgumentException().isThrownBy(() -> schema(source(null))).withMessageContaining("\"a-b\" is no name");
  }

  @Test
  void shouldListEveryWayInWhichASchemaIsNotWhatIsRead() {
    field("amount", ElementType.FLOAT32, null);
    field("country", ElementType.TEXT, null);
    field("missing", ElementType.FLOAT32, null);
    field("absent", ElementType.FLOAT32, 0.0);
    field("pixels", ElementType.FLOAT32, null, 4);
    field("card.limit", ElementType.INT64, null);
    field("either", ElementType.FLOAT32, null);
    String written =
        Writers.record(
            "{'name':'amount','type':'string'},{'name':'country','type':'int'},{'name':'pixels','type':{'type':'array','items':['null','string']}},{'name':'card','type':'int'},{'name':'either','type':['int','string']}")
            .replace('\'', '"');

    assertThat(RecordSchemas.avroMismatches(source(null), new Written(written, List.of())))
        .containsExactlyInAnyOrder(
            new Mismatch("amount", "a number expected, the schema has a string"),
            new Mismatch("country", "text expected, the schema has an int"),
            new Mismatch("pixels", "a number expected, the schema has a string"),
            new Mismatch("card", "a record expected, the schema has an int"),
            new Mismatch("either", "a number expected, the schema has a string"),
            new Mismatch("missing", "a number expected, the schema has no such field"),
            new Mismatch("card.limit", "a whole number expected, the schema has no such field"));
    assertThatThrownBy(() -> RecordSchemas.avroMismatches(source(null), new Written("{}", List.of()))).isInstanceOf(UnknownSchemaException.class);
  }

  private static void acceptRandomRecords(SourceSchema source, Schema schema) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Writers writers = new Writers();
    writers.register(1, new Written(schema.toString(), List.of()));
    RecordDecoder decoder = Formats.decoder("avro", source, writers);
    for (int i = 0; i < 100; i++) {
      Batch batch = new Batch(source.layout(), 1 << 20);
      batch.addRecord(null, Writers.framed(1, value(schema, random, 0), schema), 0, 0, 0, null);
      assertThat(decoder.decode(batch)).isTrue();
      assertThat(batch.rejection(0)).isNull();
    }
  }

  /** Arrays of numbers are two of three, or a vector of four; those of records are of any length. */
  private static Object value(Schema schema, Random random, int depth) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.name(), value(field.schema(), random, 0)));
        yield record;
      }
      case ARRAY -> {
        Schema element = schema.getElementType();
        int size = element.getType() == Schema.Type.RECORD ? random.nextInt(4) : element.getType() == Schema.Type.ARRAY ? 2 : depth == 1 ? 3 : 4;
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(value(element, random, depth + 1));
        }
        yield list;
      }
      case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), random, depth);
      case INT -> random.nextInt(256);
      case DOUBLE -> random.nextGaussian();
      case FLOAT -> (float) random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      default -> "text";
    };
  }

  private Schema schema(SourceSchema source) {
    return new Schema.Parser().parse(new JsonMapper().writeValueAsString(RecordSchemas.avro(source, "fraud-v2")));
  }

  private void field(String path, ElementType type, Object fallback, int... dims) {
    fields.add(new SourceField(path, columns.size(), fallback));
    columns.add(new ColumnSpec(path, type, RowShape.of(dims)));
  }

  private SourceSchema source(String rowsPath) {
    return new SourceSchema(new Layout(columns), fields, rowsPath);
  }
}
