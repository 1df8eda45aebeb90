package io.yapok.schemas.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonResultEncoderTest {
  private static final String METADATA =
      """
      "metadata":{"pipeline":"fr\\"aud","pipeline_version":"abc","models":[{"name":"m","version":3,"sha256":"ff"},{"name":"n","version":1,"sha256":"00"}],\
      "elapsed":[305045,818254],"partition":2,"offset":918273}}""";

  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<Named> outputs = new ArrayList<>();
  private final List<Named> anomalies = new ArrayList<>();
  private final List<ResultSchema.Ranking> rankings = new ArrayList<>();
  private boolean manyRows;
  private List<Named> shownFields = List.of();
  private List<String> include = List.of();
  private List<String> exclude = List.of();

  @Test
  void shouldWriteTheResultOfOneRow() {
    output("score", ElementType.FLOAT32, 1);
    output("m", ElementType.FLOAT64, 2, 2);
    output("i8", ElementType.INT8);
    output("u8", ElementType.UINT8);
    output("i16", ElementType.INT16);
    output("i32", ElementType.INT32);
    output("i64", ElementType.INT64);
    output("h", ElementType.FLOAT16, 2);
    output("b", ElementType.BFLOAT16);
    output("yes", ElementType.BOOL);
    output("t", ElementType.TEXT);
    output("j", ElementType.JSON);
    output("dyn", ElementType.FLOAT32, -1, 2);
    anomaly("high");
    anomaly("low");
    Batch batch = batch();
    int record = record(batch, "{\"tensor\": [0.1, 0.2]}", 1);
    batch.column(0).floats().put(0, 0.0014974177f);
    batch.column(1).doubles().put(0, new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e300});
    batch.column(2).bytes().put(0, (byte) -128);
    batch.column(3).bytes().put(0, (byte) 255);
    batch.column(4).shorts().put(0, (short) -5);
    batch.column(5).ints().put(0, Integer.MIN_VALUE);
    batch.column(6).longs().put(0, Long.MIN_VALUE);
    batch.column(7).shorts().put(0, Float.floatToFloat16(1.5f)).put(1, Float.floatToFloat16(Float.NEGATIVE_INFINITY));
    batch.column(8).shorts().put(0, (short) 0x3FC0);
    batch.column(9).bytes().put(0, (byte) 1);
    batch.column(10).appendText("é\"\\\n\u0001\t😀/");
    batch.column(11).appendText("{\"a\":\n [1,\r\n2]}");
    batch.column(12).reserveElements(4);
    batch.column(12).floats().put(0, new float[] {1, 2, 3, 4e30f});
    batch.column(12).endRow(4, 2, 2);
    batch.column(13).bytes().put(0, (byte) 1);
    batch.column(14).bytes().put(0, (byte) 0);

    assertThat(encode(batch, record))
        .isEqualTo(
            """
            {"time":1767715100481,"in":{"tensor": [0.1, 0.2]},"out":{"score":[0.0014974177],"m":[[0.1,"NaN"],["Infinity",1.0E300]],"i8":-128,"u8":255,"i16":-5,\
            "i32":-2147483648,"i64":-9223372036854775808,"h":[1.5,"-Infinity"],"b":1.5,"yes":true,"t":"é\\"\\\\\\n\\u0001\\t😀/","j":{"a":  [1,  2]},\
            "dyn":[[1.0,2.0],[3.0,4.0E30]]},"anomaly":{"count":1,"high":true,"low":false},"""
                + METADATA);
  }

  @Test
  void shouldWriteLabelledElementsAsAnObject() {
    outputs.add(new Named("p", columns.size()));
    columns.add(new ColumnSpec("p", ElementType.FLOAT32, RowShape.of(2), List.of("0", "yes \"sir\"")));
    exclude = List.of("*");
    Batch batch = batch();
    int record = record(batch, "{}", 1);
    batch.column(0).floats().put(0, 0.25f).put(1, 0.75f);

    assertThat(encode(batch, record)).isEqualTo("{\"time\":1767715100481,\"out\":{\"p\":{\"0\":0.25,\"yes \\\"sir\\\"\":0.75}},\"anomaly\":{\"count\":0}," + METADATA);
  }

  @Test
  void shouldWriteManyRowsAsArraysAndRankingsAsArraysOfObjects() {
    manyRows = true;
    exclude = List.of("*");
    output("score", ElementType.FLOAT32);
    anomaly("high");
    columns.add(new ColumnSpec("order", ElementType.INT32, RowShape.SCALAR));
    columns.add(new ColumnSpec("id", ElementType.JSON, RowShape.SCALAR));
    rankings.add(new ResultSchema.Ranking("best", 2, List.of(new Named("id", 3), new Named("score", 0))));
    Batch batch = batch();
    record(batch, "{}", 1);
    final int record = record(batch, "{}", 3);
    final int empty = record(batch, "{}", 0);
    batch.column(0).floats().put(0, new float[] {0, 1, 2, 3});
    batch.column(1).bytes().put(0, new byte[] {1, 0, 1, 1});
    batch.column(2).ints().put(0, new int[] {-1, 3, 1, -1});
    for (String id : List.of("0", "\"a\"", "\"b\"", "\"c\"")) {
      batch.column(3).appendText(id);
    }

    assertThat(encode(batch, record))
        .startsWith(
            """
            {"time":1767715100481,"out":{"score":[1.0,2.0,3.0],"best":[{"id":"c","score":3.0},{"id":"a","score":1.0}]},\
            "anomaly":{"count":1,"high":true,"rows":{"high":2}},"metadata":""");
    assertThat(encode(batch, empty))
        .startsWith("{\"time\":1767715100481,\"out\":{\"score\":[],\"best\":[]},\"anomaly\":{\"count\":0,\"high\":false,\"rows\":{\"high\":0}},\"metadata\":");
  }

  @Test
  void shouldKeepTheRecordOnOneLine() {
    assertThat(in("{\r\n \"a\": 1,\n \"b\": \"x\\ny\"\n}\n")).isEqualTo("{   \"a\": 1,  \"b\": \"x\\ny\" } ");
  }

  @Test
  void shouldNarrowTheRecordToItsTopLevelFields() {
    String record = " { \"a\" : [1,\n2], \"b\": {\"a\": 3} ,\"\\u0063\": \"x\", \"a\": 4 }";
    include = List.of("a", "c", "z");
    assertThat(in(record)).isEqualTo("{\"a\" : [1, 2],\"\\u0063\": \"x\",\"a\": 4}");
    exclude = List.of("a");
    assertThat(in(record)).isEqualTo("{\"\\u0063\": \"x\"}");
    include = List.of();
    assertThat(in(record)).isEqualTo("{\"b\": {\"a\": 3},\"\\u0063\": \"x\"}");
    exclude = List.of("a", "b", "c");
    assertThat(in(record)).isEqualTo("{}");
  }

  @Test
  void shouldWriteTextsOfAnyLengthOneAfterTheOther() {
    output("t", ElementType.TEXT);
    exclude = List.of("*");
    Batch batch = batch();
    List<String> texts = List.of("\u0001é\"".repeat(500_000), "x", "\n".repeat(1023), "y".repeat(1025), "");
    for (String text : texts) {
      record(batch, "{}", 1);
      batch.column(0).appendText(text);
    }
    ResultEncoder encoder = Formats.encoder("json", schema(batch));
    for (int record = 0; record < texts.size(); record++) {
      Map<?, ?> result = (Map<?, ?>) JacksonTree.read(encoder.encode(batch, record, 0));
      assertThat(((Map<?, ?>) result.get("out")).get("t")).isEqualTo(texts.get(record));
    }
  }

  @Test
  void shouldShowATensorAsTheArrayThatARecordInJsonWouldHave() {
    columns.add(new ColumnSpec("input.x", ElementType.FLOAT32, RowShape.of(2)));
    shownFields = List.of(new Named("x", 0));
    Batch batch = batch();
    record(batch, "\u0000\u0001 is no JSON", 1);
    final int many = record(batch, "nor {this", 2);
    batch.column(0).floats().put(0, new float[] {0.1f, Float.NaN, 1, 2, 3, 4});

    assertThat(encode(batch, 0)).startsWith("{\"time\":1767715100481,\"in\":{\"x\":[0.1,\"NaN\"]},\"out\":{}");
    manyRows = true;
    assertThat(encode(batch, many)).contains("\"in\":{\"x\":[[1.0,2.0],[3.0,4.0]]},");
    include = List.of("x");
    assertThat(encode(batch, many)).contains("\"in\":{\"x\":[[1.0,");
    include = List.of("y");
    assertThat(encode(batch, many)).contains("\"in\":{},");
    include = List.of();
    exclude = List.of("x");
    assertThat(encode(batch, many)).contains("\"in\":{},");
    exclude = List.of("*");
    assertThat(encode(batch, many)).doesNotContain("\"in\"");
  }

  @Test
  void shouldHaveNoHeaders() {
    Batch batch = batch();
    assertThat(Formats.encoder("json", schema(batch)).headers(batch, record(batch, "{}", 1))).isEmpty();
  }

  private String in(String value) {
    Batch batch = batch();
    String result = encode(batch, record(batch, value, 1));
    return result.substring(result.indexOf("\"in\":") + 5, result.indexOf(",\"out\":"));
  }

  private void output(String name, ElementType type, int... dims) {
    outputs.add(new Named(name, columns.size()));
    columns.add(new ColumnSpec("out." + name, type, RowShape.of(dims)));
  }

  private void anomaly(String name) {
    anomalies.add(new Named(name, columns.size()));
    columns.add(new ColumnSpec("anomaly." + name, ElementType.BOOL, RowShape.SCALAR));
  }

  private Batch batch() {
    Batch batch = new Batch(new Layout(columns), 1 << 20);
    batch.addElapsed(0, 305045);
    batch.addElapsed(0, 818254);
    return batch;
  }

  private static int record(Batch batch, String value, int rows) {
    int record = batch.addRecord(null, value.getBytes(StandardCharsets.UTF_8), 0, 2, 918273, null);
    batch.reserveRows(batch.rows() + rows);
    batch.endRecord(rows);
    return record;
  }

  private String encode(Batch batch, int record) {
    return new String(Formats.encoder("json", schema(batch)).encode(batch, record, 1767715100481L), StandardCharsets.UTF_8);
  }

  private ResultSchema schema(Batch batch) {
    List<ModelVersion> models = List.of(new ModelVersion("m", 3, "ff"), new ModelVersion("n", 1, "00"));
    return new ResultSchema(batch.layout(), "fr\"aud", "abc", models, outputs, anomalies, rankings, manyRows, include, exclude, shownFields);
  }
}
