package io.yapok.schemas.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatRunTest {
  /** With 10,000 some ten million numbers, a minute's work. */
  private static final int ROUNDS = Integer.getInteger("yapok.test.rounds", 400);

  private static final int NUMBERS = 1_000;

  private final FloatRun run = new FloatRun();
  private final FloatBuffer floats = FloatBuffer.allocate(NUMBERS);
  private final DoubleBuffer doubles = DoubleBuffer.allocate(NUMBERS);

  @Test
  void shouldReadPlainNumbersAsTheJdkDoes() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> numbers = new ArrayList<>();
      for (int i = 0; i < NUMBERS; i++) {
        numbers.add(plain(random));
      }
      byte[] json = bytes(String.join(",", numbers) + "]}");

      assertThat(run.readFloats(json, 0, floats, 0, NUMBERS)).as("seed %d", seed).isEqualTo(NUMBERS);
      assertThat(run.end()).isEqualTo(json.length - 2);
      assertThat(run.readDoubles(json, 0, doubles, 0, NUMBERS)).isEqualTo(NUMBERS);
      for (int i = 0; i < NUMBERS; i++) {
        if (Float.floatToRawIntBits(floats.get(i)) != Float.floatToRawIntBits(Float.parseFloat(numbers.get(i)))
            || Double.doubleToRawLongBits(doubles.get(i)) != Double.doubleToRawLongBits(Double.parseDouble(numbers.get(i)))) {
          assertThat(floats.get(i) + " and " + doubles.get(i)).as("%s, seed %d", numbers.get(i), seed).isEqualTo(numbers.get(i));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2.5] | 2 | 5", "1234567,12345678] | 2 | 16", "1,1234567890123456789] | 2 | 21", "1,123456789012345678.9] | 2 | 22", "1,1234567890123456789.0] | 1 | 1", "1,12345678.] | 1 | 1", "1,12345678.25e3] | 2 | 15", "1,12345678.123456789012] | 1 | 1", "1,012345678] | 1 | 1", "1234567,0.12345678] | 2 | 18", "0.12345678,0.123456789012345678] | 2 | 31", "1,1e5] | 2 | 5", "1,2E-05,3] | 3 | 9",
        "1,2e+007] | 2 | 8", "1,2e] | 1 | 1", "1,2e-] | 1 | 1", "1,2e+-5] | 1 | 1", "1,2e0005] | 1 | 1", "1,2e38] | 1 | 1", "1,2.e5] | 1 | 1", "1,2e5.0] | 2 | 5", "1,01] | 1 | 1",
        "1,2.] | 1 | 1", "1,.5] | 1 | 1", "1,-] | 1 | 1", "1,--2] | 1 | 1", "1,+2] | 1 | 1", "1,- 2] | 1 | 1", "1,12345678901234567890] | 1 | 1", "1,0.12345678901234567890] | 1 | 1",
        "1,2 , 3] | 3 | 7", "1,2  ,3] | 2 | 3", "1,2:3] | 2 | 3", "1,null] | 1 | 1", "1,2/3] | 2 | 3", "-0.0,-7] | 2 | 7", "1,1234567a] | 2 | 9", "1,1234567.] | 1 | 1",
        "1,1234567.e5] | 1 | 1", "1,123456.] | 1 | 1", "1,00] | 1 | 1", "1,-01.5] | 1 | 1", "1,2\u00e9,3] | 2 | 3", "1,2.\u00e95] | 1 | 1", "1,\u00e92] | 1 | 1", "1,2 | 2 | 3",
        "1, | 1 | 1", "'' | 0 | 0"
      })
  void shouldStopBehindTheLastPlainNumber(String json, int numbers, int end) {
    assertThat(run.readFloats(bytes(json), 0, floats, 0, NUMBERS)).isEqualTo(numbers);
    assertThat(run.end()).isEqualTo(end);
    assertThat(run.readDoubles(bytes(json + " ".repeat(100)), 0, doubles, 0, NUMBERS)).isEqualTo(numbers);
    assertThat(run.end()).isEqualTo(end);
  }

  @Test
  void shouldReadTheSameWhereverTheDocumentEnds() {
    byte[] json = bytes("[-0.15625,2048,1.5e-7,0.3745401188473625,-12.5] ");
    int from = 1;
    float[] expected = {-0.15625f, 2048, 1.5e-7f, 0.3745401188473625f, -12.5f};
    for (int behind = 0; behind < 100; behind++) {
      byte[] longer = Arrays.copyOf(json, json.length + behind);
      assertThat(run.readFloats(longer, from, floats, 0, NUMBERS)).isEqualTo(expected.length);
      assertThat(run.end()).isEqualTo(json.length - 2);
      for (int i = 0; i < expected.length; i++) {
        assertThat(floats.get(i)).isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void shouldReadNoMoreThanThereIsRoomFor() {
    assertThat(run.readFloats(bytes("1,2,3,4]"), 0, floats, 5, 3)).isEqualTo(3);
    assertThat(run.end()).isEqualTo(5);
    assertThat(floats.get(7)).isEqualTo(3);
    assertThat(floats.get(8)).isZero();
  }

  /** Up to 19 digits, and some exponents: as people and programs write them, and with all lengths of digits before and behind the point. */
  private static String plain(Random random) {
    String sign = random.nextBoolean() ? "-" : "";
    return switch (random.nextInt(8)) {
      case 0 -> Integer.toString(random.nextInt(256));
      case 1 -> new BigDecimal(Float.toString(random.nextFloat() * 2 - 1)).toPlainString();
      case 2 -> "%.2f".formatted(random.nextGaussian() * 1000);
      case 3 -> sign + Double.toString(0.1 + 0.9 * random.nextDouble());
      case 4 -> Float.toString((float) random.nextGaussian() * 1e-5f);
      case 5 -> sign + digits(random, 1 + random.nextInt(7), false) + (random.nextBoolean() ? "e" : "E-") + random.nextInt(13);
      case 6 -> sign + digits(random, 1 + random.nextInt(19), false);
      default -> {
        int whole = 1 + random.nextInt(18);
        yield sign + digits(random, whole, false) + "." + digits(random, 1 + random.nextInt(19 - whole), true);
      }
    };
  }

  private static String digits(Random random, int count, boolean zeroFirst) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 && count > 1 && !zeroFirst ? 1 + random.nextInt(9) : random.nextInt(10));
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
