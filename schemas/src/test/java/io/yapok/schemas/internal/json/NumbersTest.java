package io.yapok.schemas.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private final JsonNumber number = new JsonNumber();
  private final byte[] out = new byte[64];

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "-0", "0.0", "-0.0e5", "1", "-1", "7.0", "16777216", "16777217", "16777219", "33554433", "1e10", "1e-10", "3.4028235e38", "3.4028236e38", "1e39",
        "1e400", "-1e400", "1e99999999999", "1e-99999999999", "0e99999999999", "1.1754944e-38", "1.1754942e-38", "1.4e-45", "0.7e-45", "0.70064923216240854e-45",
        "0.70064923216240853546186479164495e-45", "0.70064923216240853546186479164496e-45", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
        "1.7976931348623157e308", "1.7976931348623159e308", "2.2250738585072014e-308", "2.2250738585072011e-308", "9007199254740993", "9007199254740992.5",
        "9223372036854775807", "18446744073709551615", "9999999999999999999", "99999999999999999999", "123456789012345678901234567890", "0.1", "0.3745401188473625",
        "0.000000000000000000000000000000000000000000000000012345678901234567890123", "1.00000005960464477539062500", "1.000000059604644775390625000000000001",
        "1.0000000596046447753906249999999999999999", "0.000123E+3", "9.5367431640625e-7", "8388608.5", "8388609.5", "1e22", "1e23", "8.5e22"
      })
  void shouldReadAsTheJdkDoes(String text) {
    read(text);

    assertThat(number.toFloat()).isEqualTo(Float.parseFloat(text));
    assertThat(number.toDouble()).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void shouldReadRandomDecimalsAsTheJdkDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 500_000; i++) {
      String text = decimal(random);
      read(text);
      assertThat(number.toFloat()).as("%s as float, seed %d", text, seed).isEqualTo(Float.parseFloat(text));
      assertThat(number.toDouble()).as("%s as double, seed %d", text, seed).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void shouldReadMidpointsBetweenFloatsAsTheJdkDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      float low = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (Float.isFinite(low) && Float.isFinite(Math.nextUp(low))) {
        String text = new java.math.BigDecimal(low).add(new java.math.BigDecimal(Math.nextUp(low))).divide(java.math.BigDecimal.TWO).toString();
        read(text);
        assertThat(number.toFloat()).as("%s, seed %d", text, seed).isEqualTo(Float.parseFloat(text));
      }
    }
  }

  @Test
  void shouldWriteFloatsAsTheJdkDoesAndReadThemBack() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000_000; i++) {
      checkWritten(Float.intBitsToFloat(random.nextInt()), seed);
    }
    for (int exponent = 0; exponent < 255; exponent++) {
      for (int fraction : new int[] {0, 1, 2, 3, 7, 8, 9, 10, 0x7FFFFF, 0x7FFFFE, 0x400000, 0x3FFFFF}) {
        checkWritten(Float.intBitsToFloat(exponent << 23 | fraction), 0);
      }
    }
    for (int whole = -20_000; whole < 20_000; whole++) {
      checkWritten(whole, 0);
      checkWritten(whole / 1000f, 0);
    }
    for (float edge : new float[] {0.001f, 0.00099999994f, 0.0010000001f, 1e7f, 9999999f, 1.0E8f, 16777216f, 33554432f, 2e-44f, Float.MAX_VALUE, Float.MIN_NORMAL}) {
      checkWritten(edge, 0);
    }
  }

  @Test
  void shouldKnowWholeNumbersAndTheirRange() {
    assertThat(whole("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(whole("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(whole("9223372036854775808")).isNull();
    assertThat(whole("-9223372036854775809")).isNull();
    assertThat(whole("18446744073709551616")).isNull();
    assertThat(whole("99999999999999999999999")).isNull();
    assertThat(whole("1e18")).isEqualTo(1_000_000_000_000_000_000L);
    assertThat(whole("1e19")).isNull();
    assertThat(whole("1e9999")).isNull();
    assertThat(whole("7.0")).isEqualTo(7);
    assertThat(whole("70e-1")).isEqualTo(7);
    assertThat(whole("0.0e-99")).isEqualTo(0);
    assertThat(whole("-0")).isEqualTo(0);
    assertThat(whole("1.00000000000000000000000000000")).isEqualTo(1);
    read("7.5");
    assertThat(number.isWhole()).isFalse();
    read("1.00000000000000000000000000001");
    assertThat(number.isWhole()).isFalse();
    read("1e-30");
    assertThat(number.isWhole()).isFalse();
  }

  private Long whole(String text) {
    read(text);
    assertThat(number.isWhole()).isTrue();
    return number.isWithin(Long.MIN_VALUE, Long.MAX_VALUE) ? number.toLong() : null;
  }

  private void checkWritten(float value, long seed) {
    if (!Float.isFinite(value)) {
      return;
    }
    int length = FloatText.write(value, out, 0);
    String text = new String(out, 0, length, StandardCharsets.US_ASCII);
    if (!text.equals(Float.toString(value))) {
      assertThat(text).as("bits %08x, seed %d", Float.floatToRawIntBits(value), seed).isEqualTo(Float.toString(value));
    }
    number.read(out, 0, length);
    if (Float.floatToRawIntBits(number.toFloat()) != Float.floatToRawIntBits(value)) {
      assertThat(number.toFloat()).as("read back from %s", text).isEqualTo(value);
    }
  }

  private void read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(number.read(bytes, 0, bytes.length)).isEqualTo(bytes.length);
  }

  private static String decimal(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    if (random.nextInt(4) == 0) {
      return text.append(Math.abs(random.nextGaussian())).toString();
    }
    text.append(random.nextInt(3) == 0 ? "0" : Long.toString(1 + random.nextLong(1L << random.nextInt(1, 62))));
    if (random.nextBoolean()) {
      text.append('.');
      int digits = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 18);
      for (int i = 0; i < digits; i++) {
        text.append((char) ('0' + random.nextInt(10)));
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(random.nextBoolean() ? 700 : 90) - (random.nextBoolean() ? 350 : 45));
    }
    return text.toString();
  }
}
