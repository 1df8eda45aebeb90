package io.yapok.schemas.internal.avro;

import static io.yapok.schemas.internal.avro.Writers.framed;
import static io.yapok.schemas.internal.avro.Writers.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas.Written;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroRecordDecoderTest {
  private static final int ID = 7;

  private final Writers writers = new Writers();
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();
  private String rowsPath;
  private Batch batch;
  private RecordDecoder decoder;

  @Test
  void shouldReadWhatIsWantedAndPassOverTheRest() {
    Schema schema =
        writers.register(
            ID,
            Writers.record(
                """
                {'name':'before','type':{'type':'map','values':{'type':'array','items':'string'}}},
                {'name':'amount','type':'double'},
                {'name':'card','type':{'type':'record','name':'Card','fields':[{'name':'pan','type':'string'},{'name':'country','type':'string'},{'name':'limits','type':{'type':'array','items':'long'}}]}},
                {'name':'kind','type':{'type':'enum','name':'Kind','symbols':['A','B','C']}},
                {'name':'after','type':['null','Card']},
                {'name':'ok','type':'boolean'}"""));
    field("amount", ElementType.FLOAT32);
    field("card.country", ElementType.TEXT);
    field("kind", ElementType.TEXT);
    field("ok", ElementType.BOOL);
    var card = record(schema.getField("card").schema(), "pan", "4111", "country", "GB", "limits", List.of(1L, 2L));
    var kind = new GenericData.EnumSymbol(schema.getField("kind").schema(), "C");

    accept(framed(ID, record(schema, "before", Map.of("x", List.of("y", "z")), "amount", 12.5, "card", card, "kind", kind, "after", card, "ok", true), schema));

    assertThat(column(0).floats().get(0)).isEqualTo(12.5f);
    assertThat(column(1).text(0)).isEqualTo("GB");
    assertThat(column(2).text(0)).isEqualTo("C");
    assertThat(column(3).bytes().get(0)).isEqualTo((byte) 1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"TEXT", "JSON", "BOOL"})
  void shouldReadNumbersOfEveryKindIntoColumnsOfEveryKindWhenTheyFit(ElementType type) {
    String decimal = "{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}";
    String fixed = "{'type':'fixed','name':'F','size':3,'logicalType':'decimal','precision':6,'scale':2}";
    for (String written : List.of("'int'", "'long'", "'float'", "'double'", decimal, fixed, "['null','int']")) {
      fields.clear();
      columns.clear();
      batch = null;
      Schema schema = writers.register(ID, Writers.record("{'name':'x','type':" + written + "}"));
      field("x", type);
      Object value =
          switch (written) {
            case "'long'" -> 42L;
            case "'float'" -> 42f;
            case "'double'" -> 42.0;
            case "'int'", "['null','int']" -> 42;
            default -> {
              byte[] unscaled = BigInteger.valueOf(4200).toByteArray();
              yield written.startsWith("{'type':'bytes'") ? ByteBuffer.wrap(unscaled) : new GenericData.Fixed(schema.getField("x").schema(), new byte[] {0, unscaled[0], unscaled[1]});
            }
          };

      accept(framed(ID, record(schema, "x", value), schema));

      assertThat(number(column(0), 0)).as("%s as %s", written, type).isEqualTo(42.0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'int', 300, UINT8, OUT_OF_RANGE", "'int', -1, UINT8, OUT_OF_RANGE", "'long', 4294967296, INT32, OUT_OF_RANGE", "'double', 1e300, FLOAT32, OUT_OF_RANGE", "'double', 70000, FLOAT16, OUT_OF_RANGE",
    "'double', 0.5, INT64, WRONG_TYPE", "'double', 1e19, INT64, OUT_OF_RANGE", "'float', NaN, INT32, WRONG_TYPE", "'string', 7, FLOAT32, WRONG_TYPE", "'int', 7, TEXT, WRONG_TYPE", "'int', 1, BOOL, WRONG_TYPE"
  })
  void shouldRejectAValueThatItsColumnCannotHold(String written, String value, ElementType type, RejectReason reason) {
    Schema schema = writers.register(ID, Writers.record("{'name':'x','type':'" + written + "'}"));
    field("x", type);
    Object avro =
        switch (written) {
          case "int" -> Integer.parseInt(value);
          case "long" -> Long.parseLong(value);
          case "float" -> Float.parseFloat(value);
          case "double" -> Double.parseDouble(value);
          default -> value;
        };

    Reject reject = reject(framed(ID, record(schema, "x", avro), schema));

    assertThat(reject.reason()).isEqualTo(reason);
    assertThat(reject.field()).isEqualTo("x");
  }

  @Test
  void shouldTakeNanAndInfinityAsTheyAre() {
    Schema schema = writers.register(ID, Writers.record("{'name':'x','type':{'type':'array','items':'double'}}"));
    vector("x", ElementType.FLOAT32, 3);

    accept(framed(ID, record(schema, "x", List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0)), schema));

    float[] read = new float[3];
    column(0).floats().get(0, read);
    assertThat(read).containsExactly(Float.NaN, Float.NEGATIVE_INFINITY, -0.0f);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadArraysIntoShapes(boolean sized) {
    Schema schema =
        writers.register(
            ID,
            Writers.record(
                """
                {'name':'flat','type':{'type':'array','items':'float'}},
                {'name':'nested','type':{'type':'array','items':{'type':'array','items':['null','int']}}},
                {'name':'open','type':{'type':'array','items':'float'}},
                {'name':'words','type':{'type':'array','items':'string'}},
                {'name':'image','type':'bytes'}"""));
    vector("flat", ElementType.FLOAT32, 40);
    fields.add(new SourceField("nested", columns.size(), -1L));
    columns.add(new ColumnSpec("nested", ElementType.INT16, RowShape.of(2, 3)));
    vector("open", ElementType.FLOAT64, -1);
    vector("words", ElementType.TEXT, 2);
    vector("image", ElementType.UINT8, 2, 2);
    List<Float> flat = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      flat.add(i / 4f);
    }
    Object nested = List.of(Arrays.asList(1, 2, null), List.of(4, 5, 6));

    accept(framed(ID, record(schema, "flat", flat, "nested", nested, "open", flat.subList(0, 5), "words", List.of("a", "bc"), "image", ByteBuffer.wrap(new byte[] {1, 2, 3, -1})), schema, sized));
    accept(framed(ID, record(schema, "flat", flat.reversed(), "nested", nested, "open", List.of(), "words", List.of("d", ""), "image", ByteBuffer.wrap(new byte[] {5, 6, 7, 8})), schema, sized));

    assertThat(column(0).floats().get(39)).isEqualTo(39 / 4f);
    assertThat(column(0).floats().get(40)).isEqualTo(39 / 4f);
    short[] whole = new short[6];
    column(1).shorts().get(0, whole);
    assertThat(whole).containsExactly((short) 1, (short) 2, (short) -1, (short) 4, (short) 5, (short) 6);
    assertThat(column(2).count(0)).isEqualTo(5);
    assertThat(column(2).doubles().get(4)).isEqualTo(1.0);
    assertThat(column(2).count(1)).isZero();
    assertThat(column(3).text(1)).isEqualTo("bc");
    assertThat(column(3).text(3)).isEmpty();
    assertThat(column(4).bytes().get(3)).isEqualTo((byte) -1);
  }

  @ParameterizedTest
  @CsvSource({"39, 'x: 40 numbers expected, 39 came'", "41, 'x: 40 numbers expected, 41 came'", "0, 'x: 40 numbers expected, 0 came'"})
  void shouldRejectAnArrayOfAnotherLength(int length, String message) {
    Schema schema = writers.register(ID, Writers.record("{'name':'x','type':{'type':'array','items':'float'}}"));
    vector("x", ElementType.FLOAT32, 40);

    Reject reject = reject(framed(ID, record(schema, "x", Collections.nCopies(length, 1f)), schema));

    assertThat(reject.reason()).isEqualTo(RejectReason.WRONG_SHAPE);
    assertThat(reject.field() + ": " + reject.message()).isEqualTo(message);
  }

  @Test
  void shouldReadBySchemasThatChangeFromRecordToRecord() {
    Schema first = writers.register(1, Writers.record("{'name':'x','type':'int'}"));
    Schema second = writers.register(2, Writers.record("{'name':'new','type':'string'},{'name':'x','type':['null','double'],'default':null}"));
    Schema renamed = writers.register(3, Writers.record("{'name':'amount','type':'float','aliases':['x']}"));
    shaped("x", ElementType.FLOAT32, null);
    fields.add(new SourceField("new", columns.size(), "none"));
    columns.add(new ColumnSpec("new", ElementType.TEXT, RowShape.SCALAR));

    accept(framed(1, record(first, "x", 1), first));
    accept(framed(2, record(second, "new", "n", "x", 2.0), second));
    accept(framed(3, record(renamed, "amount", 3f), renamed));
    Reject reject = reject(framed(2, record(second, "new", "n", "x", null), second));
    accept(framed(1, record(first, "x", 4), first));

    assertThat(column(0).floats().get(0)).isEqualTo(1f);
    assertThat(column(0).floats().get(1)).isEqualTo(2f);
    assertThat(column(0).floats().get(2)).isEqualTo(3f);
    assertThat(column(0).floats().get(3)).isEqualTo(4f);
    assertThat(List.of(column(1).text(0), column(1).text(1), column(1).text(2), column(1).text(3))).containsExactly("none", "n", "none", "none");
    assertThat(reject.reason()).isEqualTo(RejectReason.MISSING_FIELD);
  }

  @Test
  void shouldReadSchemasThatNameOthersAndThemselves() {
    String country = "{\"type\":\"record\",\"name\":\"Country\",\"namespace\":\"geo\",\"fields\":[{\"name\":\"code\",\"type\":\"string\"}]}";
    String whole =
        Writers.record("{'name':'tree','type':{'type':'record','name':'Tree','fields':[{'name':'left','type':['null','Tree']},{'name':'value','type':'int'}]}},{'name':'where','type':'geo.Country'}").replace('\'', '"');
    var parser = new Schema.Parser();
    parser.parse(country);
    Schema schema = parser.parse(whole);
    writers.register(ID, new Written(whole, List.of(country)));
    field("where.code", ElementType.TEXT);
    field("tree.left.value", ElementType.INT32);
    Schema tree = schema.getField("tree").schema();
    var deep = record(tree, "left", null, "value", 0);
    for (int i = 1; i <= 100; i++) {
      deep = record(tree, "left", deep, "value", i);
    }

    accept(framed(ID, record(schema, "tree", deep, "where", record(schema.getField("where").schema(), "code", "PT")), schema));

    assertThat(column(0).text(0)).isEqualTo("PT");
    assertThat(column(1).ints().get(0)).isEqualTo(99);
  }

  @Test
  void shouldReadEntriesOfMaps() {
    Schema schema = writers.register(ID, Writers.record("{'name':'m','type':{'type':'map','values':['string','double']}}"));
    field("m.a", ElementType.FLOAT64);
    shaped("m.b.c", ElementType.TEXT, "absent");

    accept(framed(ID, record(schema, "m", Map.of("a", 1.5, "z", "other", "b.c", "dotted")), schema));
    accept(framed(ID, record(schema, "m", Map.of("a", 2.5)), schema));

    assertThat(column(0).doubles().get(0)).isEqualTo(1.5);
    assertThat(column(0).doubles().get(1)).isEqualTo(2.5);
    assertThat(column(1).text(1)).isEqualTo("absent");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadManyRowsARecordAndLookAroundThemForWhatTheyLack(boolean sized) {
    String item = "{'type':'record','name':'Item','fields':[{'name':'x','type':{'type':'array','items':'float'}},{'name':'w','type':['null','int']}]}";
    Schema schema = writers.register(ID, Writers.record("{'name':'items','type':{'type':'array','items':" + item + "}},{'name':'user','type':'string'},{'name':'w','type':'int'}"));
    rowsPath = "items";
    vector("x", ElementType.FLOAT32, 2);
    field("user", ElementType.TEXT);
    field("items.w", ElementType.INT32);
    field("w", ElementType.INT64);
    Schema itemSchema = schema.getField("items").schema().getElementType();
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      items.add(record(itemSchema, "x", List.of((float) i, -1f), "w", i == 3 ? null : i));
    }
    fields.set(2, new SourceField("items.w", 2, 77L));

    accept(framed(ID, record(schema, "items", items, "user", "u1", "w", 5), schema, sized));
    accept(framed(ID, record(schema, "items", List.of(), "user", "u2", "w", 6), schema, sized));
    accept(framed(ID, record(schema, "items", items.subList(3, 4), "user", "u3", "w", 7), schema, sized));

    assertThat(batch.rowEnd(0)).isEqualTo(20);
    assertThat(batch.rowEnd(1)).isEqualTo(20);
    assertThat(batch.rowEnd(2)).isEqualTo(21);
    assertThat(column(0).floats().get(38)).isEqualTo(19f);
    assertThat(column(1).text(19)).isEqualTo("u1");
    assertThat(column(1).text(20)).isEqualTo("u3");
    assertThat(column(2).ints().get(2)).isEqualTo(2);
    assertThat(column(2).ints().get(3)).isEqualTo(77);
    assertThat(column(3).longs().get(2)).isEqualTo(2);
    assertThat(column(3).longs().get(3)).as("around the rows").isEqualTo(5);
    assertThat(column(3).longs().get(20)).isEqualTo(7);
  }

  @Test
  void shouldRejectWithTheReasonWhenARecordIsNotWhatItsSchemaSays() {
    Schema schema = writers.register(ID, Writers.record("{'name':'x','type':'string'},{'name':'u','type':['null','int']}"));
    field("x", ElementType.TEXT);
    byte[] good = framed(ID, record(schema, "x", "text", "u", 1), schema);

    assertThat(reject(null).reason()).isEqualTo(RejectReason.NULL_VALUE);
    assertThat(reject(new byte[0]).reason()).isEqualTo(RejectReason.NOT_FRAMED);
    assertThat(reject("{\"x\":1}".getBytes(StandardCharsets.UTF_8)).reason()).isEqualTo(RejectReason.NOT_FRAMED);
    assertThat(reject(with(good, 4, 99)).reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
    assertThat(reject(Arrays.copyOf(good, good.length - 1)).reason()).isEqualTo(RejectReason.TRUNCATED);
    assertThat(reject(Arrays.copyOf(good, 7)).reason()).isEqualTo(RejectReason.TRUNCATED);
    assertThat(reject(Arrays.copyOf(good, good.length + 1)).reason()).isEqualTo(RejectReason.TRAILING_BYTES);
    assertThat(reject(with(good, 10, 8))).isEqualTo(new Reject(RejectReason.WRONG_BRANCH, "source", "", "branch 4 of a union of 2, at byte 10"));
    assertThat(reject(with(good, 6, 0xFF))).isEqualTo(new Reject(RejectReason.INVALID_UTF8, "source", "x", "text in UTF-8 expected, other bytes came"));
    assertThat(reject(frame(0xFE, 0xFF, 0xFF, 0xFF, 0x0F))).isEqualTo(new Reject(RejectReason.WRONG_LENGTH, "source", "", "a length of 2147483647 at byte 5, and 0 bytes are left"));
    assertThat(reject(frame(0x01))).isEqualTo(new Reject(RejectReason.WRONG_LENGTH, "source", "", "a length of -1 at byte 5, and 0 bytes are left"));
    assertThat(reject(frame(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)).reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(batch.rows()).isZero();
    accept(good);
  }

  @Test
  void shouldRejectBlocksOfMoreElementsThanThereAreBytes() {
    Schema schema = writers.register(ID, Writers.record("{'name':'x','type':{'type':'array','items':'float'}},{'name':'n','type':{'type':'array','items':'null'}}"));
    vector("x", ElementType.FLOAT32, -1);

    assertThat(reject(frame(0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0)).reason()).isEqualTo(RejectReason.WRONG_LENGTH);
    assertThat(reject(frame(0, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0)).reason()).as("elements without bytes").isEqualTo(RejectReason.WRONG_LENGTH);
    accept(framed(ID, record(schema, "x", List.of(), "n", Arrays.asList(null, null)), schema));
  }

  @Test
  void shouldReadWritersWhoseTypesStandInEachOtherManyTimes() {
    StringBuilder types = new StringBuilder("{'type':'record','name':'T0','fields':[{'name':'n','type':'null'}]}");
    for (int i = 1; i <= 40; i++) {
      types = new StringBuilder("{'type':'record','name':'T" + i + "','fields':[{'name':'a','type':" + types + "},{'name':'b','type':'T" + (i - 1) + "'}]}");
    }
    writers.register(ID, Writers.record("{'name':'x','type':'int'},{'name':'t','type':" + types + "}"));
    field("x", ElementType.INT32);

    accept(frame(14));

    assertThat(column(0).ints().get(0)).isEqualTo(7);
    assertThatThrownBy(() -> shown()).isInstanceOf(RejectedException.class).hasMessageContaining("65536 values that take no bytes");
  }

  @Test
  void shouldShowArraysOfRecordsThatTakeNoBytes() {
    writers.register(ID, Writers.record("{'name':'a','type':{'type':'array','items':{'type':'record','name':'E','fields':[{'name':'f','type':{'type':'fixed','name':'F','size':0}}]}}},{'name':'x','type':'int'}"));
    field("x", ElementType.INT32);

    accept(frame(6, 0, 14));

    assertThat(shown()).contains("\"in\":{\"a\":[{\"f\":\"\"},{\"f\":\"\"},{\"f\":\"\"}],\"x\":7}");
  }

  @Test
  void shouldRejectValuesInsideEachOtherWithoutEnd() {
    writers.register(ID, Writers.record("{'name':'x','type':'int'},{'name':'r','type':['null',{'type':'array','items':'R'}]}"));
    field("x", ElementType.INT32);
    byte[] nested = new byte[5 + 30_000];
    nested[4] = ID;
    for (int i = 5; i < nested.length; i += 3) {
      nested[i + 1] = 2;
      nested[i + 2] = 2;
    }

    assertThat(reject(nested)).isEqualTo(new Reject(RejectReason.TOO_DEEP, "source", "", "values are inside each other more than 256 times"));
  }

  @Test
  void shouldRejectSchemasThatAreNoneAndRecordsThatAreNoRecords() {
    writers.register(1, new Written("{\"type\":\"recrod\"}", List.of()));
    writers.register(2, "'int'");
    writers.register(3, new Written("\"nobodys.Type\"", List.of()));
    writers.register(4, new Written("{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}", List.of()));
    field("x", ElementType.INT32);

    assertThat(reject(framed(1, 5, Schema.create(Schema.Type.INT))).reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
    assertThat(reject(framed(3, 5, Schema.create(Schema.Type.INT))).reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
    assertThat(reject(framed(4, 5, Schema.create(Schema.Type.INT))).reason()).isEqualTo(RejectReason.UNKNOWN_SCHEMA);
    assertThat(reject(framed(2, 5, Schema.create(Schema.Type.INT))).message()).isEqualTo("a record expected, an int came");
  }

  /** A hundred kilobytes that are a hundred megabytes of JSON. */
  @Test
  void shouldRejectWhenARecordIsTooLargeToShow() {
    Schema schema = writers.register(ID, Writers.record("{'name':'a','type':{'type':'array','items':{'type':'record','name':'I','fields':[{'name':'" + "n".repeat(1000) + "','type':'boolean'}]}}}"));
    GenericData.Record item = new GenericData.Record(schema.getField("a").schema().getElementType());
    item.put(0, true);
    byte[] value = framed(ID, record(schema, "a", Collections.nCopies(100_000, item)), schema);

    accept(value);
    assertThatThrownBy(() -> shown()).isInstanceOfSatisfying(RejectedException.class, e -> assertThat(e.reject().reason()).isEqualTo(RejectReason.TOO_LARGE));

    batch = null;
    field("a", ElementType.JSON);
    assertThat(reject(value).reason()).isEqualTo(RejectReason.TOO_LARGE);
  }

  @Test
  void shouldRejectWhenALargeTextAroundManyRowsWouldBeRepeatedInEach() {
    Schema schema = writers.register(ID, Writers.record("{'name':'t','type':'string'},{'name':'items','type':{'type':'array','items':{'type':'record','name':'I','fields':[]}}}"));
    rowsPath = "items";
    field("t", ElementType.TEXT);
    GenericData.Record item = new GenericData.Record(schema.getField("items").schema().getElementType());

    accept(framed(ID, record(schema, "t", "x".repeat(1000), "items", Collections.nCopies(1000, item)), schema));
    assertThat(column(0).text(999)).hasSize(1000);
    Reject reject = reject(framed(ID, record(schema, "t", "x".repeat(100_000), "items", Collections.nCopies(1000, item)), schema));
    assertThat(reject.reason()).isEqualTo(RejectReason.TOO_LARGE);
    assertThat(reject.field()).isEqualTo("t");
  }

  @Test
  void shouldPassWhateverItIsThroughAsJson() {
    Schema schema =
        writers.register(
            ID,
            Writers.record(
                """
                {'name':'a','type':{'type':'map','values':['null','double',{'type':'array','items':'bytes'}]}},
                {'name':'d','type':{'type':'bytes','logicalType':'decimal','precision':6,'scale':2}},
                {'name':'n','type':'null'}"""));
    field("a", ElementType.JSON);
    field("d", ElementType.JSON);
    field("n", ElementType.JSON);
    var decimal = ByteBuffer.wrap(new BigDecimal("-12.30").unscaledValue().toByteArray());

    accept(framed(ID, record(schema, "a", Map.of("k\"", List.of(ByteBuffer.wrap(new byte[] {1, 2}))), "d", decimal, "n", null), schema));

    assertThat(column(0).text(0)).isEqualTo("{\"k\\\"\":[\"AQI=\"]}");
    assertThat(column(1).text(0)).isEqualTo("-12.30");
    assertThat(column(2).text(0)).isEqualTo("null");
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static byte[] frame(int... bytes) {
    byte[] framed = new byte[5 + bytes.length];
    framed[4] = ID;
    for (int i = 0; i < bytes.length; i++) {
      framed[5 + i] = (byte) bytes[i];
    }
    return framed;
  }

  private static double number(Column column, int element) {
    return switch (column.spec().type()) {
      case FLOAT32 -> column.floats().get(element);
      case FLOAT64 -> column.doubles().get(element);
      case FLOAT16 -> Float.float16ToFloat(column.shorts().get(element));
      case BFLOAT16 -> Float.intBitsToFloat(column.shorts().get(element) << 16);
      case INT8, UINT8 -> column.bytes().get(element);
      case INT16 -> column.shorts().get(element);
      case INT32 -> column.ints().get(element);
      case INT64 -> column.longs().get(element);
      case BOOL, TEXT, JSON -> throw new IllegalArgumentException();
    };
  }

  /** The last record as a result in JSON shows it. */
  private String shown() {
    var result = new ResultSchema(new Layout(List.of()), "p", "v", List.of(), List.of(), List.of(), List.of(), false, List.of(), List.of());
    return new String(Formats.encoder("json", result, "avro", writers).encode(batch, batch.records() - 1, 0), StandardCharsets.UTF_8);
  }

  private Column column(int slot) {
    return batch.column(slot);
  }

  private void field(String path, ElementType type) {
    shaped(path, type, null);
  }

  private void vector(String path, ElementType type, int... dims) {
    shaped(path, type, null, dims);
  }

  private void shaped(String path, ElementType type, Object fallback, int... dims) {
    fields.add(new SourceField(path, columns.size(), fallback));
    columns.add(new ColumnSpec(path, type, RowShape.of(dims)));
  }

  private boolean decode(byte[] value) {
    if (batch == null) {
      Layout layout = new Layout(columns);
      batch = new Batch(layout, 1 << 20);
      decoder = Formats.decoder("avro", new SourceSchema(layout, fields, rowsPath), writers);
    }
    batch.addRecord(null, value, 0, 0, 0, null);
    return decoder.decode(batch);
  }

  private void accept(byte[] value) {
    assertThat(decode(value)).isTrue();
    assertThat(batch.rejection(batch.records() - 1)).isNull();
  }

  private Reject reject(byte[] value) {
    assertThat(decode(value)).isTrue();
    Reject reject = batch.rejection(batch.records() - 1);
    assertThat(reject).isNotNull();
    return reject;
  }
}
