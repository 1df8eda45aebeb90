package io.yapok.schemas.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the schema lets through is what the decoder takes. */
class JsonSchemaWriterTest {
  private static final int ROUNDS = 4_000;
  private static final Layout LAYOUT =
      new Layout(
          List.of(
              new ColumnSpec("f", ElementType.FLOAT32, RowShape.of(2, 3)),
              new ColumnSpec("o.d", ElementType.FLOAT64, RowShape.of(1, 1)),
              new ColumnSpec("o.p.i", ElementType.INT8, RowShape.of(2)),
              new ColumnSpec("t", ElementType.TEXT, RowShape.SCALAR),
              new ColumnSpec("b", ElementType.BOOL, RowShape.of(-1)),
              new ColumnSpec("j", ElementType.JSON, RowShape.SCALAR),
              new ColumnSpec("with", ElementType.FLOAT32, RowShape.of(2)),
              new ColumnSpec("u", ElementType.UINT8, RowShape.SCALAR)));
  private static final List<SourceField> FIELDS =
      IntStream.range(0, LAYOUT.columns().size()).mapToObj(slot -> new SourceField(LAYOUT.column(slot).name(), slot, LAYOUT.column(slot).name().equals("with") ? (Object) 0.5 : null)).toList();

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  JsonSchemaWriterTest() {
    System.out.println("seed " + seed);
  }

  @Test
  void shouldLetThroughWhatTheDecoderTakesWhenRecordsAreOneRow() {
    assertTaken(new SourceSchema(LAYOUT, FIELDS, null), () -> record(FIELDS), true);
  }

  @Test
  void shouldLetThroughOnlyWhatTheDecoderTakesWhenRecordsHaveRows() {
    assertTaken(
        new SourceSchema(LAYOUT, FIELDS, "rows"),
        () -> {
          List<SourceField> around = FIELDS.stream().filter(field -> random.nextInt(3) == 0).toList();
          List<SourceField> inside = FIELDS.stream().filter(field -> !around.contains(field) || random.nextInt(20) == 0).toList();
          String rows = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(row -> record(inside)).collect(Collectors.joining(",", "[", "]"));
          String outer = record(around);
          return outer.equals("{}") ? "{\"rows\":" + rows + "}" : "{\"rows\":" + rows + "," + outer.substring(1);
        },
        false); // the decoder does not look at what stands around the rows where each row has its own
  }

  @Test
  void shouldBeStableAndSayWhatATypeCannot() {
    SourceSchema source = new SourceSchema(LAYOUT, FIELDS, null);

    Map<String, Object> schema = RecordSchemas.json(source, "records of pipeline p");

    assertThat(schema.keySet()).containsExactly("$schema", "title", "type", "properties", "required");
    assertThat(schema).containsEntry("required", List.of("f", "o", "t", "b", "j", "u"));
    assertThat(text(schema)).contains("float32[2, 3]", "0.5 stands in").isEqualTo(text(RecordSchemas.json(source, "records of pipeline p")));
  }

  private void assertTaken(SourceSchema source, Supplier<String> records, boolean exactly) {
    Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text(RecordSchemas.json(source, "test")), InputFormat.JSON);
    RecordDecoder decoder = Formats.decoder("json", source);
    int allowed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String record = records.get();
      Batch batch = new Batch(LAYOUT, 1 << 20);
      batch.addRecord(null, record.getBytes(UTF_8), 0, 0, 0, null);
      assertThat(decoder.decode(batch)).isTrue();
      boolean taken = batch.rejection(0) == null;
      boolean valid = schema.validate(record, InputFormat.JSON).isEmpty();
      if (valid != taken && (valid || exactly)) {
        assertThat(valid).as("seed %d: %s, %s", seed, record, batch.rejection(0)).isEqualTo(taken);
      }
      allowed += valid ? 1 : 0;
    }
    assertThat(allowed).as("records that were fine").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  /** An object with these fields, now and then one that is wrong or missing. */
  private String record(List<SourceField> fields) {
    List<String> members = new ArrayList<>();
    List<String> inner = new ArrayList<>();
    List<String> innermost = new ArrayList<>();
    for (SourceField field : fields) {
      String value = random.nextInt(40) == 0 ? wrong() : right(field.path());
      if (value != null) {
        switch (field.path()) {
          case "o.d" -> inner.add("\"d\":" + value);
          case "o.p.i" -> innermost.add("\"i\":" + value);
          default -> members.add("\"" + field.path() + "\":" + value);
        }
      }
    }
    if (!innermost.isEmpty()) {
      inner.add("\"p\":{" + String.join(",", innermost) + "}");
    }
    if (!inner.isEmpty()) {
      members.add("\"o\":{" + String.join(",", inner) + "}");
    }
    return "{" + String.join(",", members) + "}";
  }

  private @Nullable String wrong() {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> "{\"no\":1}";
      case 2 -> "[1,\"x\",2]";
      case 3 -> "1e400";
      case 4 -> "[[1,2],[3,4],[5,6],[7,8]]";
      default -> "[true,[false]]";
    };
  }

  private @Nullable String right(String path) {
    return switch (path) {
      case "f" -> "[[1,2.5,-3e3],[0,0.1,%s]]".formatted(random.nextFloat());
      case "o.d" -> Double.toString(random.nextGaussian());
      case "o.p.i" -> "[%d,7.0]".formatted(random.nextInt(131));
      case "t" -> "\"text\"";
      case "b" -> random.nextBoolean() ? "[]" : "[true,false,true]";
      case "j" -> "{\"any\":[1]}";
      case "with" -> List.of("[1,2]", "null", "[null,2]").get(random.nextInt(3));
      case "u" -> Integer.toString(random.nextInt(260));
      default -> throw new IllegalArgumentException(path);
    };
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.entrySet().stream().map(member -> text(member.getKey()) + ":" + text(member.getValue())).collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(JsonSchemaWriterTest::text).collect(Collectors.joining(",", "[", "]"));
      case String string -> "\"" + string + "\"";
      case null, default -> String.valueOf(value);
    };
  }
}
