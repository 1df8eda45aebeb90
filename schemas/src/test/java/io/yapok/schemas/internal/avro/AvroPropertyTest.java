package io.yapok.schemas.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Random schemas and records, written by Avro's own library. */
class AvroPropertyTest {
  private static final Set<RejectReason> DECLARED =
      EnumSet.of(
          RejectReason.NOT_FRAMED, RejectReason.UNKNOWN_SCHEMA, RejectReason.TRUNCATED, RejectReason.TRAILING_BYTES, RejectReason.WRONG_LENGTH, RejectReason.WRONG_BRANCH, RejectReason.TOO_DEEP, RejectReason.INVALID_UTF8, RejectReason.UNEVEN_ROWS,
          RejectReason.MALFORMED, RejectReason.MISSING_FIELD, RejectReason.WRONG_TYPE,
          RejectReason.WRONG_SHAPE, RejectReason.OUT_OF_RANGE, RejectReason.DUPLICATE_FIELD, RejectReason.TOO_LARGE);

  private final Random random = random();
  private int names;

  private static Random random() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  /** A path to a value that fits one element, and its schema. */
  private record Leaf(String path, Schema schema) {}

  @Test
  void shouldReadEachFieldAsTheLibraryDoes() {
    for (int round = 0; round < 300; round++) {
      Writers writers = new Writers();
      Schema schema = writers.register(round, record(3).toString());
      List<SourceField> fields = new ArrayList<>();
      Layout layout = layout(schema, fields, leaf -> random.nextInt(3) > 0);
      Batch batch = new Batch(layout, 1 << 20);
      RecordDecoder decoder = Formats.decoder("avro", new SourceSchema(layout, fields, null), writers);
      for (int i = 0; i < 10; i++) {
        GenericRecord record = (GenericRecord) value(schema, 0);
        batch.addRecord(null, Writers.framed(round, record, schema, random.nextBoolean()), 0, 0, 0, null);
        assertThat(decoder.decode(batch)).isTrue();
        assertThat(batch.rejection(i)).as("%s", schema).isNull();
        for (SourceField field : fields) {
          assertThat(read(batch, field.slot(), i)).as("%s of %s in %s", field.path(), record, schema).isEqualTo(expected(record, field, layout));
        }
      }
    }
  }

  @Test
  void shouldShowRecordsAsTheJsonThatSaysTheSame() {
    JsonMapper mapper = new JsonMapper();
    for (int round = 0; round < 300; round++) {
      Writers writers = new Writers();
      Schema schema = writers.register(round, record(3).toString());
      Batch batch = new Batch(new Layout(List.of()), 1 << 20);
      ResultEncoder encoder = Formats.encoder("json", result(List.of(), List.of()), "avro", writers);
      GenericRecord record = (GenericRecord) value(schema, 0);
      int index = batch.addRecord(null, Writers.framed(round, record, schema, random.nextBoolean()), 0, 0, 0, null);

      JsonNode in = mapper.readTree(encoder.encode(batch, index, 0)).get("in");

      assertThat(in).as("%s", schema).isEqualTo(mapper.readTree(json(record)));
    }
  }

  @Test
  void shouldShowSomeFieldsWhenAPipelineSaysSo() {
    Writers writers = new Writers();
    Schema schema = writers.register(1, Writers.record("{'name':'a','type':'int'},{'name':'b','type':{'type':'array','items':'string'}},{'name':'c','type':'double'}"));
    byte[] value = Writers.framed(1, Writers.record(schema, "a", 1, "b", List.of("x"), "c", 2.5), schema);
    Batch batch = new Batch(new Layout(List.of()), 1 << 20);
    batch.addRecord(null, value, 0, 0, 0, null);

    assertThat(shown(writers, batch, List.of("a", "c"), List.of())).startsWith("{\"time\":0,\"in\":{\"a\":1,\"c\":2.5},\"out\"");
    assertThat(shown(writers, batch, List.of(), List.of("a", "c"))).startsWith("{\"time\":0,\"in\":{\"b\":[\"x\"]},\"out\"");
    assertThat(shown(writers, batch, List.of(), List.of("*"))).startsWith("{\"time\":0,\"out\"");
  }

  @Test
  void shouldOnlyRejectWhenBytesAreMangledAndLeaveNeighboursUnharmed() {
    for (int round = 0; round < 200; round++) {
      Writers writers = new Writers();
      Schema schema = writers.register(round, record(3).toString());
      List<SourceField> fields = new ArrayList<>();
      Layout layout = layout(schema, fields, leaf -> true);
      RecordDecoder decoder = Formats.decoder("avro", new SourceSchema(layout, fields, null), writers);
      ResultEncoder encoder = Formats.encoder("json", result(List.of(), List.of()), "avro", writers);
      GenericRecord good = (GenericRecord) value(schema, 0);
      byte[] bytes = Writers.framed(round, good, schema, random.nextBoolean());
      for (int i = 0; i < 50; i++) {
        Batch batch = new Batch(layout, 1 << 20);
        batch.addRecord(null, mangled(bytes), 0, 0, 0, null);
        assertThat(decoder.decode(batch)).isTrue();
        if (batch.isRejected(0)) {
          assertThat(batch.rejection(0).reason()).isIn(DECLARED);
        } else {
          showOrRefuse(encoder, batch);
        }
        batch.addRecord(null, bytes, 0, 0, 0, null);
        assertThat(decoder.decode(batch)).isTrue();
        int row = batch.rowStart(1);
        for (SourceField field : fields) {
          assertThat(read(batch, field.slot(), row)).isEqualTo(expected(good, field, layout));
        }
      }
    }
  }

  /** A column for each wanted leaf of a record, and its field. */
  private Layout layout(Schema schema, List<SourceField> fields, Predicate<Leaf> isWanted) {
    List<Leaf> leaves = new ArrayList<>();
    collect(schema, "", leaves);
    List<ColumnSpec> columns = new ArrayList<>();
    for (Leaf leaf : leaves) {
      if (isWanted.test(leaf)) {
        ElementType type = typeFor(leaf.schema());
        fields.add(new SourceField(leaf.path(), columns.size(), fallback(type)));
        columns.add(new ColumnSpec("c" + columns.size(), type, RowShape.SCALAR));
      }
    }
    return new Layout(columns);
  }

  private static void showOrRefuse(ResultEncoder encoder, Batch batch) {
    try {
      assertThat(encoder.encode(batch, 0, 0)).isNotEmpty();
    } catch (RejectedException refused) {
      assertThat(refused.reject().reason()).isIn(DECLARED);
    }
  }

  private static String shown(Writers writers, Batch batch, List<String> include, List<String> exclude) {
    return new String(Formats.encoder("json", result(include, exclude), "avro", writers).encode(batch, 0, 0), StandardCharsets.UTF_8);
  }

  private static ResultSchema result(List<String> include, List<String> exclude) {
    return new ResultSchema(new Layout(List.of()), "p", "v", List.of(), List.of(), List.of(), List.of(), false, include, exclude);
  }

  private byte[] mangled(byte[] bytes) {
    byte[] mangled = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 10)) : bytes.clone();
    for (int i = random.nextInt(4); i > 0 && mangled.length > 5; i--) {
      mangled[random.nextInt(5, mangled.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4));
    }
    return mangled;
  }

  private Schema record(int depth) {
    List<Schema.Field> fields = new ArrayList<>();
    for (int i = random.nextInt(1, 7); i > 0; i--) {
      fields.add(new Schema.Field("f" + i, type(depth - 1)));
    }
    return Schema.createRecord("R" + names++, null, null, false, fields);
  }

  private Schema type(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 9)) {
      case 0 -> Schema.create(Schema.Type.INT);
      case 1 -> Schema.create(Schema.Type.LONG);
      case 2 -> Schema.create(Schema.Type.FLOAT);
      case 3 -> Schema.create(Schema.Type.DOUBLE);
      case 4 -> Schema.create(Schema.Type.BOOLEAN);
      case 5 -> Schema.create(Schema.Type.STRING);
      case 6 -> Schema.create(Schema.Type.BYTES);
      case 7 -> Schema.createEnum("E" + names++, null, null, List.of("A", "B", "C"));
      case 8 -> Schema.createFixed("F" + names++, null, null, random.nextInt(5));
      case 9 -> Schema.createArray(type(depth - 1));
      case 10 -> Schema.createMap(type(depth - 1));
      case 11 -> Schema.createUnion(Schema.create(Schema.Type.NULL), notNull(depth - 1));
      default -> record(depth);
    };
  }

  private Schema notNull(int depth) {
    Schema schema = type(depth);
    return schema.getType() == Schema.Type.UNION ? Schema.create(Schema.Type.INT) : schema;
  }

  private Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "\u00e4\"\n".repeat(random.nextInt(3)) + random.nextInt(100);
      case BYTES -> ByteBuffer.wrap(randomBytes(random.nextInt(6)));
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
      case FIXED -> new GenericData.Fixed(schema, randomBytes(schema.getFixedSize()));
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          list.add(value(schema.getElementType(), depth + 1));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put("k" + i, value(schema.getValueType(), depth + 1));
        }
        yield map;
      }
      case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), depth + 1);
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.name(), value(field.schema(), depth + 1)));
        yield record;
      }
      case NULL -> null;
    };
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void collect(Schema schema, String path, List<Leaf> into) {
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> collect(field.schema(), path.isEmpty() ? field.name() : path + "." + field.name(), into));
      case UNION -> collect(schema.getTypes().get(1), path, into);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, ENUM -> into.add(new Leaf(path, schema));
      case MAP -> collect(schema.getValueType(), path + ".k1", into);
      case NULL, ARRAY, BYTES, FIXED -> {}
    }
  }

  private ElementType typeFor(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> ElementType.BOOL;
      case STRING, ENUM -> ElementType.TEXT;
      case INT, LONG -> random.nextBoolean() ? ElementType.INT64 : ElementType.FLOAT64;
      default -> random.nextBoolean() ? ElementType.FLOAT32 : ElementType.FLOAT64;
    };
  }

  private static Object fallback(ElementType type) {
    return switch (type) {
      case BOOL -> true;
      case TEXT -> "none";
      case INT64 -> -5L;
      default -> -5.0;
    };
  }

  private static Object read(Batch batch, int slot, int row) {
    var column = batch.column(slot);
    return switch (column.spec().type()) {
      case BOOL -> column.bytes().get(row) != 0;
      case TEXT -> column.text(row);
      case INT64 -> column.longs().get(row);
      case FLOAT32 -> column.floats().get(row);
      default -> column.doubles().get(row);
    };
  }

  private static Object expected(GenericRecord record, SourceField field, Layout layout) {
    Object value = record;
    for (String name : field.path().split("\\.")) {
      value = value instanceof GenericRecord inner ? inner.get(name) : value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    ElementType type = layout.column(field.slot()).type();
    if (value == null) {
      value = field.fallback();
    }
    return switch (type) {
      case BOOL -> value;
      case TEXT -> value.toString();
      case INT64 -> ((Number) value).longValue();
      case FLOAT32 -> ((Number) value).floatValue();
      default -> ((Number) value).doubleValue();
    };
  }

  /** What a person would write. */
  private static String json(Object value) {
    return switch (value) {
      case null -> "null";
      case GenericRecord record -> {
        List<String> fields = new ArrayList<>();
        record.getSchema().getFields().forEach(field -> fields.add(quoted(field.name()) + ":" + json(record.get(field.name()))));
        yield "{" + String.join(",", fields) + "}";
      }
      case Map<?, ?> map -> {
        List<String> entries = new ArrayList<>();
        map.forEach((key, each) -> entries.add(quoted(key.toString()) + ":" + json(each)));
        yield "{" + String.join(",", entries) + "}";
      }
      case List<?> list -> "[" + String.join(",", list.stream().map(AvroPropertyTest::json).toList()) + "]";
      case ByteBuffer bytes -> quoted(Base64.getEncoder().encodeToString(bytes.array()));
      case GenericData.Fixed fixed -> quoted(Base64.getEncoder().encodeToString(fixed.bytes()));
      case CharSequence text -> quoted(text.toString());
      case GenericData.EnumSymbol symbol -> quoted(symbol.toString());
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
