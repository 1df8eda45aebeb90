package io.yapok.schemas.internal.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorRecordDecoderTest {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();
  private String rows;
  private Batch batch;
  private RecordDecoder decoder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"TEXT", "JSON"})
  void shouldCopyEveryBitOfRecordsOfAnyTypeAndShapeWhenLengthsFit(ElementType type) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int width = random.nextInt(1, 70);
      boolean many = random.nextBoolean();
      boolean open = !many && random.nextBoolean();
      columns.clear();
      fields.clear();
      rows = many ? "x" : null;
      field(type, open ? new int[] {width, -1} : new int[] {width});
      start(1 << 20);
      List<byte[]> values = new ArrayList<>();
      for (int record = 0; record < 20; record++) {
        byte[] value = randomBytes(random, type, width * type.bytes() * (many || open ? random.nextInt(5) : 1));
        values.add(value);
        assertThat(decode(value)).isNull();
      }

      for (int record = 0; record < values.size(); record++) {
        int length = values.get(record).length / type.bytes();
        assertThat(batch.rowEnd(record) - batch.rowStart(record)).isEqualTo(many ? length / width : 1);
        if (open) {
          assertThat(new int[] {batch.column(0).dim(record, 0), batch.column(0).dim(record, 1)}).containsExactly(width, length / width);
        }
        assertThat(bytes(batch.column(0), batch.rowStart(record), batch.rowEnd(record))).as("record %d", record).isEqualTo(values.get(record));
      }
    }
  }

  @Test
  void shouldReadLittleEndianElementsInRowOrder() {
    field(ElementType.FLOAT32, 2, 2);
    start(1 << 10);
    ByteBuffer value = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(Float.NaN).putFloat(Float.NEGATIVE_INFINITY).putFloat(-0.0f);

    assertThat(decode(value.array())).isNull();

    float[] read = new float[4];
    batch.column(0).floats().get(0, read);
    assertThat(read).containsExactly(1.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0.0f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FLOAT32 | 64    |      | 255 | float32[64], 256 bytes expected, 255 came",
        "FLOAT32 | 64    |      | 257 | float32[64], 256 bytes expected, 257 came",
        "FLOAT32 | 64    |      | 512 | float32[64], 256 bytes expected, 512 came",
        "FLOAT32 | 64    |      | 0   | float32[64], 256 bytes expected, 0 came",
        "INT64   |       |      | 7   | int64[], 8 bytes expected, 7 came",
        "FLOAT16 | 3 -1  |      | 8   | float16[3, ?], a multiple of 6 bytes expected, 8 came",
        "FLOAT32 | 32    | x    | 130 | rows of float32[32], a multiple of 128 bytes expected, 130 came"
      })
  void shouldRejectAValueOfAnotherLengthAndSayWhichWasExpected(ElementType type, String shape, String many, int length, String message) {
    rows = many;
    field(type, shape == null ? new int[0] : Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray());
    start(1 << 20);

    assertThat(decode(new byte[length])).isEqualTo(new Reject(RejectReason.WRONG_SIZE, "source", "x", message));
    assertThat(batch.rows()).isZero();
  }

  @Test
  void shouldRejectNullAndGoOnWithTheNextRecord() {
    field(ElementType.INT8, 2);
    start(1 << 10);

    assertThat(decode(new byte[] {1, 2})).isNull();
    assertThat(decode(null)).isEqualTo(new Reject(RejectReason.NULL_VALUE, "source", "", "a tensor expected, the value is null"));
    assertThat(decode(new byte[] {1})).isNotNull();
    assertThat(decode(new byte[] {3, 4})).isNull();

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(bytes(batch.column(0), 0, 2)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldRejectTruthValuesThatAreNeither0Nor1() {
    field(ElementType.BOOL, 4);
    start(1 << 10);

    assertThat(decode(new byte[] {0, 1, 1, 0})).isNull();
    assertThat(decode(new byte[] {0, 1, (byte) 200, 3})).isEqualTo(new Reject(RejectReason.OUT_OF_RANGE, "source", "x", "a byte of 0 or 1 expected at element 2, 200 came"));
  }

  @Test
  void shouldTakeAnEmptyValueForARecordWithoutRowsOrElements() {
    rows = "x";
    field(ElementType.FLOAT32, 8);
    start(1 << 10);
    assertThat(decode(new byte[0])).isNull();
    assertThat(batch.rowEnd(0)).isZero();

    columns.clear();
    fields.clear();
    rows = null;
    field(ElementType.FLOAT32, -1);
    start(1 << 10);
    assertThat(decode(new byte[0])).isNull();
    assertThat(batch.column(0).dim(0, 0)).isZero();
  }

  @Test
  void shouldLeaveARecordForTheNextBatchWhenItsRowsDoNotFitAndRejectItWhenTheyNeverWill() {
    rows = "x";
    field(ElementType.FLOAT64, 2);
    start(10 * 16);
    assertThat(decode(new byte[6 * 16])).isNull();

    batch.addRecord(null, new byte[5 * 16], 0, 0, 0, null);
    assertThat(decoder.decode(batch)).isFalse();
    batch.removeLastRecord();
    assertThat(decode(new byte[4 * 16])).isNull();
    assertThat(batch.rows()).isEqualTo(10);

    batch.clear();
    assertThat(decode(new byte[11 * 16]))
        .isEqualTo(new Reject(RejectReason.TOO_LARGE, "source", "", "the record holds more rows than the 10 that fit a batch"));
  }

  @Test
  void shouldFillEveryColumnOfTheField() {
    field(ElementType.INT16, 4);
    field(ElementType.INT16, 2, 2);
    start(1 << 10);

    assertThat(decode(new byte[] {1, 0, 2, 0, 3, 0, 4, 1})).isNull();

    assertThat(bytes(batch.column(1), 0, 1)).isEqualTo(bytes(batch.column(0), 0, 1)).containsExactly(1, 0, 2, 0, 3, 0, 4, 1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"3,2,4", "[3,2,4]", "[3, 2, 4]", " 3 ,2, 4 "})
  void shouldTakeTheShapeFromAHeaderWhereSeveralDimensionsAreOpen(String header) {
    field(ElementType.INT8, -1, 2, -1);
    start(1 << 10);

    assertThat(decode(new byte[24], header)).isNull();
    assertThat(decode(new byte[0], "0,2,7")).isNull();
    assertThat(decode(new byte[2], "1,2,1")).isNull();

    assertThat(decoder.header()).isEqualTo("yapok-shape");
    assertThat(dims(batch.column(0), 0)).containsExactly(3, 2, 4);
    assertThat(dims(batch.column(0), 1)).containsExactly(0, 2, 7);
    assertThat(dims(batch.column(0), 2)).containsExactly(1, 2, 1);
  }

  @Test
  void shouldTakeRowsOfOpenDimensionsWhereTheHeaderSaysHowMany() {
    rows = "x";
    field(ElementType.INT16, -1);
    start(1 << 10);

    assertThat(decode(new byte[] {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0}, "3,2")).isNull();
    assertThat(decode(new byte[0], "0,9")).isNull();
    assertThat(decode(new byte[] {7, 0}, "1,1")).isNull();

    assertThat(new int[] {batch.rowEnd(0), batch.rowEnd(1), batch.rowEnd(2)}).containsExactly(3, 3, 4);
    assertThat(bytes(batch.column(0), 1, 2)).containsExactly(3, 0, 4, 0);
    assertThat(bytes(batch.column(0), 3, 4)).containsExactly(7, 0);
    assertThat(dims(batch.column(0), 2)).containsExactly(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "         | MISSING_FIELD | yapok-shape | a header with the shape of the tensor expected, as [?,?,2], there is none",
        "1,2      | WRONG_TYPE    | yapok-shape | a shape expected, as [?,?,2], 1,2 came",
        "1,2,2,1  | WRONG_TYPE    | yapok-shape | 1,2,2,1 came",
        "1,2,x    | WRONG_TYPE    | yapok-shape | 1,2,x came",
        "1,-2,2   | WRONG_TYPE    | yapok-shape | 1,-2,2 came",
        "[1,2,2   | WRONG_TYPE    | yapok-shape | [1,2,2 came",
        "1,,2     | WRONG_TYPE    | yapok-shape | 1,,2 came",
        "99999999999,1,2 | WRONG_TYPE | yapok-shape | 99999999999,1,2 came",
        "1,2,3    | WRONG_SHAPE   | yapok-shape | a shape expected, as [?,?,2], 1,2,3 came",
        "1,3,2    | WRONG_SIZE    | x           | float32[1, 3, 2], 24 bytes expected, 16 came",
        "2000000000,2000000000,2 | WRONG_SIZE | x | float32[2000000000, 2000000000, 2]"
      })
  void shouldRejectAShapeThatIsNoneOrNotTheTensors(String header, RejectReason reason, String field, String message) {
    field(ElementType.FLOAT32, -1, -1, 2);
    start(1 << 10);

    Reject reject = decode(new byte[16], header);

    assertThat(reject.reason()).isEqualTo(reason);
    assertThat(reject.field()).isEqualTo(field);
    assertThat(reject.message()).contains(message);
    assertThat(decode(new byte[16], "1,2,2")).isNull();
  }

  @Test
  void shouldBoundTheRowsThatAHeaderSays() {
    rows = "x";
    field(ElementType.FLOAT32, -1);
    start(1 << 10);

    assertThat(decode(new byte[0], "1000000000,0").reason()).isEqualTo(RejectReason.TOO_LARGE);
  }

  @Test
  void shouldAskForNoHeaderWhereTheLengthTellsAll() {
    field(ElementType.FLOAT32, -1, 2);
    start(1 << 10);

    assertThat(decoder.header()).isNull();
  }

  @Test
  void shouldRefuseFieldsThatALengthDoesNotTellApart() {
    field(ElementType.TEXT);
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("text");
    only(ElementType.FLOAT32, -1, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("cannot be a tensor");
    only(ElementType.FLOAT32, -1, -1, 3);
    field(ElementType.FLOAT32, -1, 3, -1);
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("several types");
    only(ElementType.FLOAT32, 2);
    field(ElementType.INT32, 2);
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("several types");
    only(ElementType.FLOAT32, 2);
    rows = "items";
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("how many rows");
    rows = null;
    fields.add(new SourceField("y", 0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> start(1)).withMessageContaining("[x, y]");
  }

  @Test
  void shouldRefuseAMachineOfAnotherByteOrder() {
    assertThatThrownBy(() -> TensorFormat.requireLittleEndian(ByteOrder.BIG_ENDIAN)).isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("little-endian");
  }

  private void only(ElementType type, int... dims) {
    columns.clear();
    fields.clear();
    field(type, dims);
  }

  private void field(ElementType type, int... dims) {
    fields.add(new SourceField("x", columns.size(), null));
    columns.add(new ColumnSpec("input.x " + columns.size(), type, RowShape.of(dims)));
  }

  private void start(long maxBytes) {
    Layout layout = new Layout(columns);
    batch = new Batch(layout, maxBytes);
    decoder = Formats.decoder("tensor", new SourceSchema(layout, fields, rows));
  }

  private Reject decode(byte[] value) {
    return decode(value, null);
  }

  private Reject decode(byte[] value, String header) {
    int record = batch.addRecord(null, value, 0, 0, 0, null);
    batch.setHeader(header == null ? null : header.getBytes(StandardCharsets.UTF_8));
    assertThat(decoder.decode(batch)).isTrue();
    return batch.rejection(record);
  }

  private static int[] dims(Column column, int row) {
    return IntStream.range(0, column.spec().shape().rank()).map(axis -> column.dim(row, axis)).toArray();
  }

  private static byte[] bytes(Column column, int fromRow, int toRow) {
    int width = column.spec().type().bytes();
    int start = column.start(fromRow) * width;
    byte[] bytes = new byte[toRow == fromRow ? 0 : (column.start(toRow - 1) + column.count(toRow - 1)) * width - start];
    column.bytes().get(start, bytes);
    return bytes;
  }

  private static byte[] randomBytes(Random random, ElementType type, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int i = 0; type == ElementType.BOOL && i < length; i++) {
      bytes[i] &= 1;
    }
    return bytes;
  }
}
