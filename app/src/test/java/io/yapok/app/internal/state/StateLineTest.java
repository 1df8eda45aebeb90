package io.yapok.app.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.state.StateCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateLineTest {
  private static final byte[] SCHEMA_KEY = "\0yapok\0schema".getBytes(UTF_8);
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "S", "fields": [{"name": "n", "type": ["null", "long"]}, {"name": "d", "type": {"type": "array", "items": "double"}},
                {"name": "f", "type": {"type": "array", "items": "float"}}]}
              """);

  private final StateCodec codec = new StateCodec();

  @Test
  void shouldReadWhatItWritesBitForBit() throws Exception {
    var schema = new StateLine(SCHEMA_KEY, SCHEMA.toString().getBytes(UTF_8), 1, 4);
    codec.learn(schema.key(), schema.value());
    var reader = new StateCodec();
    assertSame(schema, StateLine.parse(schema.json(codec, KeyFormat.TEXT), reader));
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var key = new byte[random.nextInt(12)];
      random.nextBytes(key);
      var line = new StateLine(key, value(random), random.nextInt(4), 4);

      var json = line.json(codec, random.nextBoolean() ? KeyFormat.TEXT : KeyFormat.HEX);

      assertThat(json).contains("\"value\":{\"n\":");
      assertSame(line, StateLine.parse(json, reader));
    }
  }

  @Test
  void shouldShowKeysAsTextWhereTheyAreText() {
    assertThat(new StateLine("Zürich".getBytes(UTF_8), new byte[] {1, 2}, 0, 1).json(codec, KeyFormat.TEXT)).isEqualTo("{\"key\":\"Zürich\",\"partition\":0,\"partitions\":1,\"bytes\":\"AQI=\"}");
    assertThat(new StateLine(new byte[] {-1}, new byte[0], 0, 1).json(codec, KeyFormat.TEXT)).startsWith("{\"key_hex\":\"ff\",");
    assertThat(new StateLine("a".getBytes(UTF_8), new byte[0], 0, 1).json(codec, KeyFormat.HEX)).startsWith("{\"key_hex\":\"61\",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | no JSON",
        "[] | no JSON object",
        "{} | a key is missing",
        "{\"key\":\"a\"} | a value is missing",
        "{\"key_hex\":\"xy\",\"bytes\":\"\"} | ",
        "{\"key\":\"a\",\"bytes\":\"?\"} | ",
        "{\"key\":\"a\",\"bytes\":\"\",\"partition\":4,\"partitions\":4} | no partition 4 of 4",
        "{\"key\":\"a\",\"bytes\":\"\",\"partition\":-1} | partition",
        "{\"key\":\"a\",\"value\":{}} | which schema",
        "{\"key\":\"a\",\"schema\":\"0000000000000000\",\"value\":{}} | has not been given"
      })
  void shouldSayWhatIsWrongWithALine(String json, String what) {
    assertThatThrownBy(() -> StateLine.parse(json, codec)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(what == null ? "" : what);
  }

  private static void assertSame(StateLine expected, StateLine found) {
    assertThat(found.key()).isEqualTo(expected.key());
    assertThat(found.value()).isEqualTo(expected.value());
    assertThat(found.partition()).isEqualTo(expected.partition());
    assertThat(found.partitions()).isEqualTo(expected.partitions());
  }

  private static byte[] value(Random random) throws IOException {
    var record =
        new GenericRecordBuilder(SCHEMA)
            .set("n", random.nextBoolean() ? null : random.nextLong())
            .set("d", List.of(random.nextGaussian(), -0.0, Double.POSITIVE_INFINITY, 1e300 * random.nextDouble(), (double) random.nextInt()))
            .set("f", List.of((float) random.nextGaussian(), Float.NaN, Float.intBitsToFloat(random.nextInt(0x7f800000)), (float) random.nextInt(100)))
            .build();
    var out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<>(GenericData.get(), SCHEMA).encode(record, out);
    return out.toByteArray();
  }
}
