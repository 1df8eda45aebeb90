package io.yapok.schemas.internal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TensorResultEncoderTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef";

  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<Named> outputs = new ArrayList<>();
  private final List<Named> anomalies = new ArrayList<>();
  private final List<ResultSchema.Ranking> rankings = new ArrayList<>();
  private List<ModelVersion> models = List.of(new ModelVersion("lr64", 1, HASH));
  private boolean manyRows;

  @Test
  void shouldWriteTheBitsOfEveryOutputInOrder() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (ElementType type : ElementType.values()) {
      if (!type.isPooled()) {
        output(type.label(), type, 3, 2);
      }
    }
    Batch batch = batch();
    int records = 7;
    List<byte[]> expected = new ArrayList<>();
    for (int record = 0; record < records; record++) {
      record(batch, 1);
      ByteBuffer bytes = ByteBuffer.allocate(6 * columns.stream().mapToInt(column -> column.type().bytes()).sum());
      for (int slot = 0; slot < columns.size(); slot++) {
        byte[] row = new byte[columns.get(slot).bytesPerRow()];
        random.nextBytes(row);
        batch.column(slot).bytes().put(record * row.length, row);
        bytes.put(row);
      }
      expected.add(bytes.array());
    }

    ResultEncoder encoder = encoder(batch);
    for (int record = 0; record < records; record++) {
      assertThat(encoder.encode(batch, record, 0)).isEqualTo(expected.get(record)).isNotSameAs(encoder.encode(batch, record, 0));
    }
    assertThat(headers(encoder, batch, 0).get("yapok-outputs"))
        .isEqualTo(
            "float32:FP32[3,2],float64:FP64[3,2],float16:FP16[3,2],bfloat16:BF16[3,2],int8:INT8[3,2],int16:INT16[3,2],int32:INT32[3,2],int64:INT64[3,2],"
                + "uint8:UINT8[3,2],bool:BOOL[3,2]");
  }

  @Test
  void shouldMakeConstantHeadersOnce() {
    output("score", ElementType.FLOAT32, 1);
    anomaly("high");
    Batch batch = batch();
    record(batch, 1);
    record(batch, 1);
    batch.column(1).bytes().put(0, (byte) 0).put(1, (byte) 0);
    ResultEncoder encoder = encoder(batch);

    assertThat(headers(encoder, batch, 0))
        .containsExactly(
            Map.entry("yapok-pipeline", "lr@0123456789abcdef"), Map.entry("yapok-models", "lr64/1@0123456789abcdef"), Map.entry("yapok-outputs", "score:FP32[1]"));
    List<ResultHeader> first = encoder.headers(batch, 0);
    assertThat(encoder.headers(batch, 1)).isSameAs(first);
    assertThat(first).contains(new ResultHeader("yapok-anomaly", null));
  }

  @Test
  void shouldNameWhatFlaggedARecordAndOnlyThen() {
    output("score", ElementType.FLOAT32);
    anomaly("high");
    anomaly("a, b=c");
    Batch batch = batch();
    record(batch, 1);
    record(batch, 1);
    record(batch, 1);
    batch.column(1).bytes().put(0, new byte[] {0, 1, 1});
    batch.column(2).bytes().put(0, new byte[] {0, 1, 0});
    ResultEncoder encoder = encoder(batch);

    assertThat(headers(encoder, batch, 0)).doesNotContainKey("yapok-anomaly");
    assertThat(headers(encoder, batch, 1)).containsEntry("yapok-anomaly", "high,a%2C%20b%3Dc").containsEntry("yapok-outputs", "score:FP32[]");
    assertThat(headers(encoder, batch, 2)).containsEntry("yapok-anomaly", "high");
    assertThat(encoder.headers(batch, 2).get(2)).isSameAs(encoder.headers(batch, 0).get(2));
  }

  @Test
  void shouldLeadWithTheRowsOfARecordThatHasManyAndCountTheFlaggedOnes() {
    manyRows = true;
    output("score", ElementType.FLOAT32, 1);
    output("label", ElementType.INT64);
    anomaly("high");
    Batch batch = batch();
    record(batch, 2);
    record(batch, 3);
    record(batch, 0);
    record(batch, 3);
    batch.column(0).floats().put(0, new float[] {0, 1, 2, 3, 4, 5, 6, 7});
    batch.column(1).longs().put(0, new long[] {0, 10, 20, 30, 40, 50, 60, 70});
    batch.column(2).bytes().put(0, new byte[] {0, 0, 1, 0, 1, 0, 0, 0});
    ResultEncoder encoder = encoder(batch);

    ByteBuffer second = little(encoder.encode(batch, 1, 0));
    assertThat(List.of(second.getFloat(), second.getFloat(), second.getFloat())).containsExactly(2f, 3f, 4f);
    assertThat(List.of(second.getLong(), second.getLong(), second.getLong())).containsExactly(20L, 30L, 40L);
    assertThat(second.hasRemaining()).isFalse();
    assertThat(headers(encoder, batch, 1)).containsEntry("yapok-outputs", "score:FP32[3,1],label:INT64[3]").containsEntry("yapok-anomaly", "high=2");
    ResultHeader three = encoder.headers(batch, 1).get(2);
    assertThat(encoder.headers(batch, 3).get(2)).isSameAs(three);
    assertThat(encoder.encode(batch, 2, 0)).isEmpty();
    assertThat(headers(encoder, batch, 2)).containsEntry("yapok-outputs", "score:FP32[0,1],label:INT64[0]").doesNotContainKey("yapok-anomaly");
  }

  @Test
  void shouldWriteThePositionsAndFieldsOfKeptRows() {
    manyRows = true;
    columns.add(new ColumnSpec("order", ElementType.INT32, RowShape.SCALAR));
    columns.add(new ColumnSpec("score", ElementType.FLOAT32, RowShape.of(1)));
    columns.add(new ColumnSpec("pair", ElementType.INT8, RowShape.of(2)));
    rankings.add(new ResultSchema.Ranking("ranked", 0, List.of(new Named("score", 1), new Named("pair", 2))));
    Batch batch = batch();
    record(batch, 2);
    record(batch, 4);
    record(batch, 0);
    batch.column(0).ints().put(0, new int[] {1, 0, 5, 2, -1, -1});
    batch.column(1).floats().put(0, new float[] {0, 1, 2, 3, 4, 5});
    batch.column(2).bytes().put(0, new byte[] {0, 0, 1, 1, 2, 20, 3, 30, 4, 40, 5, 50});
    ResultEncoder encoder = encoder(batch);

    ByteBuffer result = little(encoder.encode(batch, 1, 0));
    assertThat(List.of(result.getInt(), result.getInt())).containsExactly(3, 0);
    assertThat(List.of(result.getFloat(), result.getFloat())).containsExactly(5f, 2f);
    byte[] pairs = new byte[4];
    result.get(pairs);
    assertThat(pairs).containsExactly(5, 50, 2, 20);
    assertThat(result.hasRemaining()).isFalse();
    assertThat(headers(encoder, batch, 1)).containsEntry("yapok-outputs", "ranked:INT32[2],ranked.score:FP32[2,1],ranked.pair:INT8[2,2]");
    assertThat(encoder.encode(batch, 0, 0)).hasSize(2 * (4 + 4 + 2));
    assertThat(encoder.encode(batch, 2, 0)).isEmpty();
    assertThat(headers(encoder, batch, 2)).containsEntry("yapok-outputs", "ranked:INT32[0],ranked.score:FP32[0,1],ranked.pair:INT8[0,2]");
  }

  @Test
  void shouldTellTheShapeOfEachRecordWhereADimensionIsOpen() {
    output("boxes", ElementType.INT8, -1, 2);
    Batch batch = batch();
    record(batch, 1);
    record(batch, 1);
    dynamic(batch, 3);
    dynamic(batch, 0);
    ResultEncoder encoder = encoder(batch);

    assertThat(encoder.encode(batch, 0, 0)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(headers(encoder, batch, 0)).containsEntry("yapok-outputs", "boxes:INT8[3,2]");
    assertThat(encoder.encode(batch, 1, 0)).isEmpty();
    assertThat(headers(encoder, batch, 1)).containsEntry("yapok-outputs", "boxes:INT8[0,2]");
  }

  @Test
  void shouldJoinRunsOfRowsThatHaveOneShape() {
    manyRows = true;
    output("boxes", ElementType.INT8, -1, 2);
    Batch batch = batch();
    record(batch, 3);
    record(batch, 2);
    record(batch, 0);
    dynamic(batch, 1);
    dynamic(batch, 1);
    dynamic(batch, 2);
    dynamic(batch, 2);
    dynamic(batch, 2);
    ResultEncoder encoder = encoder(batch);

    assertThat(headers(encoder, batch, 0)).containsEntry("yapok-outputs", "boxes:INT8[2,1,2]+[1,2,2]");
    assertThat(encoder.encode(batch, 0, 0)).containsExactly(1, 2, 1, 2, 1, 2, 3, 4);
    assertThat(headers(encoder, batch, 1)).containsEntry("yapok-outputs", "boxes:INT8[2,2,2]");
    assertThat(headers(encoder, batch, 2)).containsEntry("yapok-outputs", "boxes:INT8[0,0,2]");
  }

  @Test
  void shouldKeepNamesApartInHeaders() {
    models = List.of(new ModelVersion("a,b", 3, HASH), new ModelVersion("ü%", 12, "ff"));
    output("dense/out:0", ElementType.FLOAT32, 2);
    output("p,q", ElementType.FLOAT32);
    Batch batch = batch();
    record(batch, 1);

    assertThat(headers(encoder(batch), batch, 0))
        .containsEntry("yapok-models", "a%2Cb/3@0123456789abcdef,ü%25/12@ff")
        .containsEntry("yapok-outputs", "dense/out:0:FP32[2],p%2Cq:FP32[]");
  }

  @Test
  void shouldRefuseText() {
    output("word", ElementType.TEXT);
    assertThatIllegalArgumentException().isThrownBy(() -> encoder(batch())).withMessage("word is text, which a tensor cannot hold");
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
    return new Batch(new Layout(columns), 1 << 20);
  }

  private static void record(Batch batch, int rows) {
    batch.addRecord(null, new byte[0], 0, 0, 0, null);
    batch.reserveRows(batch.rows() + rows);
    batch.endRecord(rows);
  }

  /** Appends a row of so many pairs that count from 1. */
  private void dynamic(Batch batch, int pairs) {
    var column = batch.column(0);
    int row = dynamicRows++;
    column.reserveElements(column.start(row) + 2L * pairs);
    for (int i = 0; i < 2 * pairs; i++) {
      column.bytes().put(column.start(row) + i, (byte) (i + 1));
    }
    column.endRow(2 * pairs, pairs, 2);
  }

  private int dynamicRows;

  private ResultEncoder encoder(Batch batch) {
    return Formats.encoder("tensor", new ResultSchema(batch.layout(), "lr", HASH, models, outputs, anomalies, rankings, manyRows, List.of(), List.of()));
  }

  private static Map<String, String> headers(ResultEncoder encoder, Batch batch, int record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (ResultHeader header : encoder.headers(batch, record)) {
      if (header.value() != null) {
        headers.put(header.name(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return headers;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
