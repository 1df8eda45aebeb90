package io.yapok.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {
  private static final byte[] SCHEMA_KEY = "\0yapok\0schema-1".getBytes(UTF_8);
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "State", "fields": [
                {"name": "clock", "type": ["null", "long"], "default": null},
                {"name": "feature_sum", "definition": "sum of x", "type": {"type": "array", "items": {"type": "record", "name": "Bucket", "fields": [
                  {"name": "start", "type": "long"}, {"name": "s", "type": "double"}]}}},
                {"name": "tensor_gru_h", "type": {"type": "array", "items": "float"}},
                {"name": "feature_users", "type": "bytes"},
                {"name": "feature_top", "type": {"type": "map", "values": "long"}},
                {"name": "last", "type": "string"}]}
              """);

  private final StateCodec codec = new StateCodec();

  @Test
  void shouldShowAValueByTheSchemaThatStandsBesideIt() throws Exception {
    codec.learn(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8));

    var shown = codec.show(bytes(1_700_000_000_000L, List.of(2.5), List.of(0.1f), new byte[] {0, -1}, "Zürich")).orElseThrow();

    assertThat(shown.json())
        .isEqualTo(
            "{\"clock\":{\"long\":1700000000000},\"feature_sum\":[{\"start\":0,\"s\":2.5}],\"tensor_gru_h\":[0.1],\"feature_users\":\"\\u0000\u00FF\",\"feature_top\":{\"a\":1},\"last\":\"Zürich\"}");
    assertThat(shown.schema()).matches("[0-9a-f]{16}");
  }

  @Test
  void shouldGiveBackTheSameBytesWhateverTheValue() throws Exception {
    codec.learn(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8));
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    int shown = 0;
    for (int i = 0; i < 3_000; i++) {
      var doubles = new ArrayList<>(List.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.longBitsToDouble(random.nextLong())));
      var floats = new ArrayList<>(List.of(-0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.intBitsToFloat(random.nextInt())));
      var sketch = new byte[random.nextInt(300)];
      random.nextBytes(sketch);
      byte[] value = bytes(random.nextBoolean() ? null : random.nextLong(), doubles, floats, sketch, Character.toString(random.nextInt(0xD800)));

      var json = codec.show(value);

      if (json.isPresent()) { // not where a bit pattern of NaN has no text of its own
        shown++;
        assertThat(codec.bytes(json.get())).isEqualTo(value);
      }
    }
    assertThat(shown).isGreaterThan(2_900);
  }

  @Test
  void shouldShowNumbersThatAreNone() throws Exception {
    codec.learn(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8));
    byte[] value = bytes(1L, List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY), List.of(), new byte[0], "");

    var shown = codec.show(value).orElseThrow();

    assertThat(shown.json()).contains("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
    assertThat(codec.bytes(shown)).isEqualTo(value);
  }

  @Test
  void shouldNotShowAValueWhenItsSchemaIsNotKnown() throws Exception {
    codec.learn("no reserved key".getBytes(UTF_8), SCHEMA.toString().getBytes(UTF_8));
    codec.learn(SCHEMA_KEY, "no schema".getBytes(UTF_8));
    codec.learn("\0yapok\0schema-2".getBytes(UTF_8), "\"long\"".getBytes(UTF_8));

    assertThat(codec.show(bytes(1L, List.of(), List.of(), new byte[0], ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 9, 10, 20, 40})
  void shouldNotShowWhatIsCutOff(int length) throws Exception {
    codec.learn(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8));

    assertThat(codec.show(Arrays.copyOf(bytes(1L, List.of(1.0, 2.0, 3.0), List.of(), new byte[30], "abc"), length))).isEmpty();
  }

  @Test
  void shouldNotShowWhatGoesOnBehindTheValue() throws Exception {
    codec.learn(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8));
    byte[] value = bytes(1L, List.of(), List.of(), new byte[0], "");

    assertThat(codec.show(Arrays.copyOf(value, value.length + 1))).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithJsonThatIsNoValue() {
    codec.learn(SCHEMA_KEY, "{\"type\": \"record\", \"name\": \"S\", \"fields\": [{\"name\": \"n\", \"type\": \"long\"}]}".getBytes(UTF_8));
    var shown = codec.show(HexFormat.of().parseHex("c301" + "0000000000000000" + "02"));
    assertThat(shown).as("another schema's").isEmpty();

    assertThatThrownBy(() -> codec.bytes(new StateCodec.Shown("0123456789abcdef", "{}"))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("0123456789abcdef");
  }

  @Test
  void shouldTellReservedKeysFromOthers() {
    assertThat(StateCodec.isReserved(SCHEMA_KEY)).isTrue();
    assertThat(StateCodec.isReserved("\0yapok".getBytes(UTF_8))).isFalse();
    assertThat(StateCodec.isReserved("user".getBytes(UTF_8))).isFalse();
    assertThat(StateCodec.isReserved(new byte[0])).isFalse();
  }

  private static byte[] bytes(Long clock, List<Double> sums, List<Float> tensor, byte[] sketch, String last) throws IOException {
    Schema buckets = SCHEMA.getField("feature_sum").schema();
    var values = new GenericData.Array<>(buckets, List.of());
    long start = 0;
    for (double sum : sums) {
      values.add(new GenericRecordBuilder(buckets.getElementType()).set("start", start++).set("s", sum).build());
    }
    var record =
        new GenericRecordBuilder(SCHEMA)
            .set("clock", clock)
            .set("feature_sum", values)
            .set("tensor_gru_h", tensor)
            .set("feature_users", ByteBuffer.wrap(sketch))
            .set("feature_top", Map.of("a", 1L))
            .set("last", last)
            .build();
    var out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<>(GenericData.get(), SCHEMA).encode(record, out);
    return out.toByteArray();
  }
}
