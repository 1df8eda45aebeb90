package io.yapok.schemas.internal.oip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OipRecordDecoderTest {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();
  private String rows;
  private Batch batch;
  private RecordDecoder decoder;

  /** As Triton's documentation has it, with what else clients send. */
  @Test
  void shouldReadTheInputsThatAreWantedAndPassOverTheRest() {
    field("x", ElementType.FLOAT32, 2, 2);
    field("label", ElementType.TEXT);
    field("flags", ElementType.BOOL, 2);

    accept(
        """
        {"id": "42", "parameters": {"sequence_id": 7},
         "inputs": [
          {"name": "unread", "shape": [1, 2], "datatype": "INT64", "data": [1, 2]},
          {"name": "x", "shape": [1, 2, 2], "datatype": "FP32", "parameters": {"p": true}, "data": [[[1.5, 2], [3e0, "NaN"]]]},
          {"data": ["caf\\u00e9"], "datatype": "BYTES", "shape": [1], "name": "label"},
          {"name": "flags", "shape": [1, 2], "datatype": "BOOL", "data": [true, false]}],
         "outputs": [{"name": "y"}]}""");

    float[] read = new float[4];
    column(0).floats().get(0, read);
    assertThat(read).containsExactly(1.5f, 2f, 3f, Float.NaN);
    assertThat(column(1).text(0)).isEqualTo("caf\u00e9");
    assertThat(column(2).bytes().get(0)).isEqualTo((byte) 1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"JSON"})
  void shouldReadBinaryDataOfAnyTypeBitByBit(ElementType type) {
    Random random = random();
    field("x", type, 3);
    field("y", ElementType.INT16);
    rows = "x";
    for (int round = 0; round < 20; round++) {
      int count = random.nextInt(5);
      byte[] data = type == ElementType.TEXT ? texts(random, 3 * count) : bytes(random, type, 3 * count);
      byte[] second = bytes(random, ElementType.INT16, count);
      String head = input("x", "[" + count + ",3]", Datatypes.of(type), data.length) + "," + input("y", "[" + count + "]", "INT16", second.length);
      batch = null;

      accept(join("{\"inputs\":[" + head + "]}", data, second));

      assertThat(batch.rows()).isEqualTo(count);
      if (type == ElementType.TEXT) {
        assertThat(column(0).texts()).isEqualTo(3 * count);
        ByteBuffer wanted = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 3 * count; i++) {
          byte[] text = new byte[wanted.getInt()];
          wanted.get(text);
          assertThat(column(0).text(i)).isEqualTo(new String(text, UTF_8));
        }
      } else {
        byte[] read = new byte[data.length];
        column(0).bytes().get(0, read);
        assertThat(read).isEqualTo(data);
      }
      byte[] read = new byte[second.length];
      column(1).bytes().get(0, read);
      assertThat(read).isEqualTo(second);
    }
  }

  @Test
  void shouldTakeAsManyRowsAsTheFirstDimensionSays() {
    rows = "x";
    field("x", ElementType.FLOAT32, 2);
    fields.add(new SourceField("absent", columns.size(), 9.0));
    columns.add(new ColumnSpec("absent", ElementType.FLOAT64, RowShape.SCALAR));
    field("open", ElementType.INT32, -1);

    accept(request(json("x", "[3,2]", "FP32", "[1,2,3,4,5,6]"), json("open", "[3,2]", "INT64", "[[1,2],[3,4],[5,6]]")));
    accept(request(json("x", "[0,2]", "FP32", "[]"), json("open", "[0,2]", "INT32", "[]")));
    accept(request(json("open", "[1,3]", "INT32", "[7,8,9]"), json("x", "[1,2]", "FP64", "[[7,8]]")));

    assertThat(new int[] {batch.rowEnd(0), batch.rowEnd(1), batch.rowEnd(2)}).containsExactly(3, 3, 4);
    assertThat(column(0).floats().get(7)).isEqualTo(8f);
    assertThat(column(1).doubles().get(3)).isEqualTo(9.0);
    assertThat(column(2).count(2)).isEqualTo(2);
    assertThat(column(2).count(3)).isEqualTo(3);
    assertThat(column(2).ints().get(8)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "[2]", "[1,2]", "[1,1,2]", "[1,2,1]"
  })
  void shouldTakeOneRowWithAndWithoutItsDimension(String shape) {
    field("x", ElementType.FLOAT32, 2);

    accept(request(json("x", shape, "FP32", "[1,2]")));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "[2,2]|FP32|[1,2,3,4]|WRONG_SHAPE", "[1,3]|FP32|[1,2,3]|WRONG_SHAPE", "[1,2]|FP32|[1,2,3]|WRONG_SHAPE", "[1,2]|FP32|[1]|WRONG_SHAPE", "[1,2]|BYTES|[1,2]|WRONG_TYPE", "[1,2]|FP32|\"text\"|WRONG_TYPE",
    "[1,2]|FP32|[1,\"x\"]|WRONG_TYPE", "[1,2]|FP64|[1,1e60]|OUT_OF_RANGE", "[1,-2]|FP32|[1,2]|WRONG_TYPE", "[1,99999999999999999,9]|FP32|[1,2]|WRONG_SHAPE", "2|FP32|[1,2]|WRONG_TYPE"
  })
  void shouldRejectWhatDoesNotFit(String shape, String datatype, String data, RejectReason reason) {
    field("x", ElementType.FLOAT32, 2);

    assertThat(reject(request(json("x", shape, datatype, data))).reason()).isEqualTo(reason);
    accept(request(json("x", "[1,2]", "FP32", "[1,2]")));
  }

  @Test
  void shouldRejectWithTheReasonWhenARequestIsNone() {
    field("x", ElementType.FLOAT32, 2);
    byte[] data = bytes(random(), ElementType.FLOAT32, 2);
    String binary = "{\"inputs\":[" + input("x", "[1,2]", "FP32", 8) + "]}";

    assertThat(reject(null).reason()).isEqualTo(RejectReason.NULL_VALUE);
    assertThat(reject(new byte[0]).reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(reject("[]".getBytes(UTF_8)).reason()).isEqualTo(RejectReason.MALFORMED);
    assertThat(reject("{}".getBytes(UTF_8)).reason()).isEqualTo(RejectReason.MISSING_FIELD);
    assertThat(reject("{\"inputs\":[]}".getBytes(UTF_8)).field()).isEqualTo("x");
    assertThat(reject("{\"inputs\":[{}]} x".getBytes(UTF_8)).reason()).isEqualTo(RejectReason.TRAILING_BYTES);
    assertThat(reject("{\"inputs\":{}}".getBytes(UTF_8)).reason()).isEqualTo(RejectReason.WRONG_TYPE);
    assertThat(reject("{\"inputs\":[],\"inputs\":[]}".getBytes(UTF_8)).reason()).isEqualTo(RejectReason.DUPLICATE_FIELD);
    assertThat(reject(request(json("x", "[1,2]", "FP32", "[1,2]"), json("x", "[1,2]", "FP32", "[1,2]"))).reason()).isEqualTo(RejectReason.DUPLICATE_FIELD);
    assertThat(reject("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\"}]}".getBytes(UTF_8)).message()).isEqualTo("data expected, or binary_data_size among the parameters");
    assertThat(reject(join(binary, new byte[7]))).isEqualTo(new Reject(RejectReason.WRONG_SIZE, "source", "inputs", "the inputs have 8 bytes of binary data, and 7 follow the JSON"));
    assertThat(reject(join(binary, new byte[9])).message()).isEqualTo("the inputs have 8 bytes of binary data, and 9 follow the JSON");
    assertThat(reject(join(binary.replace("FP32", "FP64"), data)).message()).isEqualTo("binary data of FP32 expected, FP64 came");
    assertThat(reject(join("{\"inputs\":[" + input("x", "[1,2]", "FP32", 4) + "]}", new byte[4])).message()).isEqualTo("the shape [1, 2] is 8 bytes of FP32, 4 came");
    accept(join(binary, data));
  }

  @Test
  void shouldReadDataWhereverTheyStandInTheInput() {
    rows = "x";
    field("x", ElementType.FLOAT32, 2);
    field("t", ElementType.TEXT);
    List<String> x = new ArrayList<>(List.of("\"name\":\"x\"", "\"shape\":[2,2]", "\"datatype\":\"FP32\"", "\"data\":[[1,2],[3,4]]"));
    List<String> t = new ArrayList<>(List.of("\"name\":\"t\"", "\"shape\":[2]", "\"datatype\":\"BYTES\"", "\"data\":[\"a\",\"bc\"]"));
    Random random = random();
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(x, random);
      Collections.shuffle(t, random);
      batch = null;

      accept(("{\"inputs\":[{" + String.join(",", t) + "},{" + String.join(",", x) + "}]}").getBytes(UTF_8));

      assertThat(batch.rows()).isEqualTo(2);
      assertThat(IntStream.range(0, 4).mapToObj(k -> column(0).floats().get(k))).containsExactly(1f, 2f, 3f, 4f);
      assertThat(column(1).text(1)).isEqualTo("bc");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"name\":\"x\"", "\"shape\":[1,2]", "\"datatype\":\"FP32\"", "\"data\":[3,4]", "\"parameters\":{\"binary_data_size\":8}"})
  void shouldRejectAnInputThatSaysSomethingTwice(String member) {
    field("x", ElementType.FLOAT32, 2);
    String input = "\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]";

    assertThat(reject(("{\"inputs\":[{" + input + "," + member + "}]}").getBytes(UTF_8)).reason()).isEqualTo(RejectReason.DUPLICATE_FIELD);
    assertThat(reject(("{\"inputs\":[{" + member + "," + input + "}]}").getBytes(UTF_8)).reason()).isEqualTo(RejectReason.DUPLICATE_FIELD);
  }

  @Test
  void shouldOnlyRejectWhenBytesAreMangled() {
    Set<RejectReason> declared = EnumSet.of(
        RejectReason.MALFORMED, RejectReason.TRUNCATED, RejectReason.TRAILING_BYTES, RejectReason.TOO_DEEP, RejectReason.INVALID_UTF8, RejectReason.NONFINITE_LITERAL, RejectReason.WRONG_SIZE,
        RejectReason.WRONG_LENGTH, RejectReason.UNEVEN_ROWS, RejectReason.MISSING_FIELD, RejectReason.WRONG_TYPE, RejectReason.WRONG_SHAPE, RejectReason.OUT_OF_RANGE, RejectReason.DUPLICATE_FIELD, RejectReason.TOO_LARGE);
    Random random = random();
    rows = "x";
    field("x", ElementType.FLOAT32, 2);
    field("t", ElementType.TEXT);
    byte[] texts = texts(random, 2);
    byte[] good = join("{\"inputs\":[" + json("x", "[2,2]", "FP32", "[1,2,3,4]") + "," + input("t", "[2]", "BYTES", texts.length) + "]}", texts);
    for (int i = 0; i < 20_000; i++) {
      byte[] mangled = good.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        mangled[random.nextInt(mangled.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : "0123456789[]{},:\"".charAt(random.nextInt(17)));
      }
      batch = null;
      assertThat(decode(mangled)).isTrue();
      if (batch.isRejected(0)) {
        assertThat(batch.rejection(0).reason()).isIn(declared);
      }
    }
  }

  @Test
  void shouldShowRequestsAsTheJsonThatSaysTheSame() {
    field("x", ElementType.FLOAT32, 2);
    field("t", ElementType.TEXT);
    accept(join("{\"inputs\":[" + input("x", "[1,2]", "FP32", 8) + "," + json("t", "[1]", "BYTES", "[\"a\"]") + "]}", ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).putFloat(-2).array()));
    ResultSchema schema = new ResultSchema(batch.layout(), "p", "v", List.of(), List.of(), List.of(), List.of(), false, List.of(), List.of(), List.of(new Named("x", 0), new Named("t", 1)));

    assertThat(new String(Formats.encoder("json", schema).encode(batch, 0, 0), UTF_8)).startsWith("{\"time\":0,\"in\":{\"x\":[0.5,-2.0],\"t\":\"a\"},\"out\"");
  }

  private static Random random() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    return new Random(seed);
  }

  private static String input(String name, String shape, String datatype, int size) {
    return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"parameters\":{\"binary_data_size\":" + size + "}}";
  }

  private static String json(String name, String shape, String datatype, String data) {
    return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"data\":" + data + "}";
  }

  private static byte[] request(String... inputs) {
    return ("{\"inputs\":[" + String.join(",", inputs) + "]}").getBytes(UTF_8);
  }

  private static byte[] join(String json, byte[]... data) {
    ByteBuffer all = ByteBuffer.allocate(1 << 16).put(json.getBytes(UTF_8));
    for (byte[] each : data) {
      all.put(each);
    }
    byte[] joined = new byte[all.position()];
    all.flip().get(joined);
    return joined;
  }

  private static byte[] bytes(Random random, ElementType type, int count) {
    byte[] bytes = new byte[count * type.bytes()];
    random.nextBytes(bytes);
    for (int i = 0; type == ElementType.BOOL && i < bytes.length; i++) {
      bytes[i] &= 1;
    }
    return bytes;
  }

  private static byte[] texts(Random random, int count) {
    ByteBuffer texts = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      byte[] text = "\u00fc".repeat(random.nextInt(4)).getBytes(UTF_8);
      texts.putInt(text.length).put(text);
    }
    byte[] bytes = new byte[texts.position()];
    texts.flip().get(bytes);
    return bytes;
  }

  private Column column(int slot) {
    return batch.column(slot);
  }

  private void field(String name, ElementType type, int... dims) {
    fields.add(new SourceField(name, columns.size(), null));
    columns.add(new ColumnSpec(name, type, RowShape.of(dims)));
  }

  private boolean decode(byte[] value) {
    if (batch == null) {
      Layout layout = new Layout(columns);
      batch = new Batch(layout, 1 << 20);
      decoder = Formats.decoder("oip", new SourceSchema(layout, fields, rows));
    }
    batch.addRecord(null, value, 0, 0, 0, null);
    return decoder.decode(batch);
  }

  private void accept(String request) {
    accept(request.getBytes(UTF_8));
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
