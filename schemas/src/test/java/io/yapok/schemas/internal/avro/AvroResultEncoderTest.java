package io.yapok.schemas.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.json.JsonBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AvroResultEncoderTest {
  private static final int ID = 0x01020304;

  private final JsonMapper mapper = new JsonMapper();
  private final AtomicReference<String> registered = new AtomicReference<>();
  private final WriterSchemas registry =
      new WriterSchemas() {
        @Override
        public Written written(int id) {
          throw new IllegalStateException();
        }

        @Override
        public int register(String name, String json) {
          registered.set(json);
          return ID;
        }
      };

  @Test
  void shouldSayWhatAResultInJsonSays() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      boolean manyRows = random.nextBoolean();
      List<ColumnSpec> columns = new ArrayList<>();
      List<Named> outputs = new ArrayList<>();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        outputs.add(new Named("out" + i, columns.size()));
        columns.add(column(random, i));
      }
      int flag = columns.size();
      columns.add(new ColumnSpec("flag", ElementType.BOOL, RowShape.SCALAR));
      int order = columns.size();
      columns.add(new ColumnSpec("order", ElementType.INT32, RowShape.SCALAR));
      Batch batch = new Batch(new Layout(columns), 1 << 20);
      List<Ranking> rankings = manyRows && random.nextBoolean() ? List.of(new Ranking("best", order, outputs)) : List.of();
      for (int record = 0; record < 3; record++) {
        batch.addRecord(null, ("{\"id\":" + record + "}").getBytes(StandardCharsets.UTF_8), 5, 2, 70 + record, null);
        int from = batch.rowStart(record);
        int rows = manyRows ? random.nextInt(5) : 1;
        batch.reserveRows(from + rows);
        for (int row = from; row < from + rows; row++) {
          fill(batch, row, random, order, from, rows);
        }
        batch.endRecord(rows);
      }
      batch.addElapsed(0, 1234);
      ResultSchema schema = new ResultSchema(batch.layout(), "fraud-v2", "0f3a", List.of(new ModelVersion("m", 3, "9c")), rankings.isEmpty() ? outputs : List.of(), List.of(new Named("high", flag)), rankings, manyRows, List.of(), List.of());
      var avro = Formats.encoder("avro", schema, "json", registry);
      var json = Formats.encoder("json", schema);
      for (int record = 0; record < 3; record++) {
        byte[] value = avro.encode(batch, record, 1767715100481L);
        JsonNode expected = mapper.readTree(json.encode(batch, record, 1767715100481L));

        JsonNode result = mapper.readTree(asJson(value));
        assertThat(result.get("time")).isEqualTo(expected.get("time"));
        assertThat(mapper.readTree(result.get("in").asString())).isEqualTo(expected.get("in"));
        assertThat(result.get("out")).as(registered.get()).isEqualTo(expected.get("out"));
        assertThat(result.get("metadata")).isEqualTo(expected.get("metadata"));
        assertThat(result.get("anomaly").get("count")).isEqualTo(expected.get("anomaly").get("count"));
        assertThat(result.get("anomaly").get("flagged").has("high")).isEqualTo(expected.get("anomaly").get("high").asBoolean());
        if (manyRows && result.get("anomaly").get("flagged").has("high")) {
          assertThat(result.get("anomaly").get("flagged").get("high")).isEqualTo(expected.get("anomaly").get("rows").get("high"));
        }
        assertThat(generic(value).get("in")).hasToString("{\"id\":" + record + "}");
        assertReadableWithTheFrame(value, expected);
      }
    }
  }

  @Test
  void shouldStayReadableBothWaysWhenAnOutputIsAdded() {
    Schema before = parse(schema("score"));
    Schema after = parse(schema("score", "label-2", "label:2"));

    assertThat(after.getField("out").schema().getFields()).extracting(Schema.Field::name).containsExactly("score", "label_2", "label_2_2");
    assertThat(compatibility(after, before)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(compatibility(before, after)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  /** Registries compare by FULL, or more: a pipeline that ran before must find its schema taken. What is there was written by the version before the schema had a file. */
  @Test
  void shouldBeTheSchemaThatWasRegisteredBefore() throws IOException {
    List<String> before = Files.readAllLines(Path.of("src/test/resources/avro/results-before-result-1.jsonl"));
    List<ColumnSpec> columns = new ArrayList<>();
    List<Named> outputs = new ArrayList<>();
    for (ElementType type : ElementType.values()) {
      outputs.add(new Named(type.label() + "-out", columns.size()));
      columns.add(new ColumnSpec("c" + columns.size(), type, RowShape.SCALAR));
    }
    outputs.add(new Named("grid", columns.size()));
    columns.add(new ColumnSpec("grid", ElementType.FLOAT32, RowShape.of(2, -1)));
    outputs.add(new Named("labelled", columns.size()));
    columns.add(new ColumnSpec("labelled", ElementType.FLOAT64, RowShape.of(2), List.of("a", "b")));
    columns.add(new ColumnSpec("order", ElementType.INT32, RowShape.SCALAR));
    List<Ranking> rankings = List.of(new Ranking("best", columns.size() - 1, outputs.subList(0, 3)));
    Layout layout = new Layout(columns);
    for (boolean manyRows : new boolean[] {false, true}) {
      ResultSchema pipeline = new ResultSchema(layout, manyRows ? "fraud-v2" : "7.fraud", "v", List.of(), outputs, List.of(), manyRows ? rankings : List.of(), manyRows, List.of(), List.of());
      Schema was = parse(before.get(manyRows ? 1 : 0));
      Schema is = parse(ResultRecord.json(pipeline, false));

      assertThat(is).as("but for its descriptions").isEqualTo(was);
      assertThat(compatibility(is, was)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      assertThat(compatibility(was, is)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }

  @Test
  void shouldDescribeEveryFieldAsItsFileDoes() {
    Schema frame = OwnSchemas.of(OwnSchema.RESULT);
    List<Schema> types = OwnSchemasTest.types(parse(schema("score")), new ArrayList<>());

    assertThat(types).extracting(Schema::getName).containsExactly("fraud_result", "fraud_out", "fraud_anomaly", "fraud_metadata", "fraud_model");
    assertThat(types).extracting(Schema::getDoc).containsExactlyElementsOf(OwnSchemasTest.types(frame, new ArrayList<>()).stream().map(Schema::getDoc).toList());
    assertThat(types.getFirst().getFields()).extracting(Schema.Field::doc).containsExactlyElementsOf(frame.getFields().stream().map(Schema.Field::doc).toList());
    assertThat(types.getLast().getFields()).extracting(Schema.Field::doc).doesNotContainNull();
  }

  @Test
  void shouldLeaveTheRecordOutWhenThePipelineSaysSo() throws IOException {
    ResultSchema schema = new ResultSchema(new Layout(List.of()), "p", "v", List.of(), List.of(), List.of(), List.of(), false, List.of(), List.of("*"));
    Batch batch = new Batch(schema.layout(), 100);
    batch.addRecord(null, new byte[0], 0, 0, 0, null);
    batch.endRecord(1);

    assertThat(generic(Formats.encoder("avro", schema, "json", registry).encode(batch, 0, 0)).get("in")).isNull();
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }

  private static String schema(String... outputs) {
    List<ColumnSpec> columns = IntStream.range(0, outputs.length).mapToObj(i -> new ColumnSpec("c" + i, ElementType.FLOAT32, RowShape.of(i + 1))).toList();
    List<Named> named = IntStream.range(0, outputs.length).mapToObj(i -> new Named(outputs[i], i)).toList();
    return ResultRecord.json(new ResultSchema(new Layout(columns), "fraud", "v", List.of(), named, List.of(), List.of(), false, List.of(), List.of()), false);
  }

  private static Schema parse(String json) {
    return new Schema.Parser().parse(json);
  }

  private String asJson(byte[] value) {
    assertThat(Arrays.copyOf(value, 5)).containsExactly(0, 1, 2, 3, 4);
    AvroInput in = new AvroInput();
    in.start(value, 5);
    JsonBuffer out = new JsonBuffer();
    new AvroJson().write(parse(registered.get()), in, out);
    in.expectEnd();
    return new String(out.toArray(), StandardCharsets.UTF_8);
  }

  /** As anybody else reads it. */
  private GenericRecord generic(byte[] value) throws IOException {
    return new GenericDatumReader<GenericRecord>(parse(registered.get())).read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
  }

  /** Whoever has only the file reads any pipeline's results with it, but for {@code out}; with the pipeline's name in its types also by the letter of Avro's rules, and the reverse. */
  private void assertReadableWithTheFrame(byte[] value, JsonNode expected) throws IOException {
    Schema frame = OwnSchemas.of(OwnSchema.RESULT);
    Schema own = parse(registered.get());
    GenericRecord framed = new GenericDatumReader<GenericRecord>(own, frame).read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    assertThat(mapper.readTree(framed.get("metadata").toString())).isEqualTo(expected.get("metadata"));
    assertThat(framed.get("time")).isEqualTo(expected.get("time").asLong());

    Schema named = parse(frame.toString().replace("\"pipeline_result\"", "\"fraud_v2_result\"").replaceAll("\"name\":\"pipeline_(out|anomaly|metadata|model)\"", "\"name\":\"fraud_v2_$1\""));
    assertThat(compatibility(named, own)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(compatibility(own, named)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static ColumnSpec column(Random random, int i) {
    ElementType[] types = ElementType.values();
    ElementType type = types[random.nextInt(types.length - 1)]; // JSON, the last, is text in Avro
    return switch (random.nextInt(type.isPooled() ? 2 : 4)) {
      case 0 -> new ColumnSpec("c" + i, type, RowShape.SCALAR);
      case 1 -> new ColumnSpec("c" + i, type, RowShape.of(2, 1));
      case 2 -> new ColumnSpec("c" + i, type, RowShape.of(-1, 2));
      default -> new ColumnSpec("c" + i, type, RowShape.of(2), List.of("no", "y\"es"));
    };
  }

  private static void fill(Batch batch, int row, Random random, int order, int from, int rows) {
    for (int slot = 0; slot < batch.layout().columns().size(); slot++) {
      Column column = batch.column(slot);
      if (slot == order) {
        column.ints().put(row, row - from < rows / 2 ? from + rows - 1 - (row - from) : -1);
        continue;
      }
      int count = column.spec().shape().isFixed() ? column.spec().shape().elements() : 2 * random.nextInt(3);
      int start = column.start(row);
      if (!column.spec().type().isPooled()) {
        column.reserveElements((long) start + count);
      }
      for (int element = start; element < start + count; element++) {
        put(column, element, random);
      }
      if (!column.spec().shape().isFixed()) {
        column.endRow(count, count / 2, 2);
      }
    }
  }

  private static void put(Column column, int element, Random random) {
    switch (column.spec().type()) {
      case FLOAT32 -> column.floats().put(element, random.nextInt(20) == 0 ? Float.NaN : (float) random.nextGaussian());
      case FLOAT64 -> column.doubles().put(element, random.nextInt(20) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian());
      case FLOAT16, BFLOAT16 -> column.shorts().put(element, (short) random.nextInt(0x4000));
      case INT16 -> column.shorts().put(element, (short) random.nextInt());
      case INT8, UINT8 -> column.bytes().put(element, (byte) random.nextInt());
      case INT32 -> column.ints().put(element, random.nextInt());
      case INT64 -> column.longs().put(element, random.nextLong());
      case BOOL -> column.bytes().put(element, (byte) random.nextInt(2));
      case TEXT -> column.appendText("\u00fc\"" + random.nextInt(100));
      case JSON -> column.appendText("7");
    }
  }
}
