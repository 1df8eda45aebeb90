package io.yapok.model.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rounding to narrow types, compared with arithmetic that does not round. */
final class NumbersTest {
  private static final long SEED = 20261121;

  private static Column column(ElementType type) {
    Column column = new Batch(new Layout(List.of(new ColumnSpec("c", type, RowShape.SCALAR))), 1 << 20).column(0);
    column.reserveRows(4);
    return column;
  }

  @Test
  void shouldRoundOnceToTheNearestWhenHalvesAreNarrowed() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    for (ElementType type : List.of(ElementType.FLOAT16, ElementType.BFLOAT16, ElementType.FLOAT32)) {
      Column column = column(type);
      Numbers.DoublePut put = Numbers.putDoubles(column);
      Numbers.DoubleAt at = Numbers.doubles(column);
      for (int i = 0; i < 20_000; i++) {
        double value = nearTie(random, type);
        assertThat(put.put(0, value)).isTrue();
        BigDecimal error = new BigDecimal(at.at(0)).subtract(new BigDecimal(value)).abs();
        for (int step : new int[] {-1, 1}) {
          double neighbour = neighbour(column, type, step);
          if (Double.isFinite(neighbour)) {
            BigDecimal other = new BigDecimal(neighbour).subtract(new BigDecimal(value)).abs();
            assertThat(error).as("%s as %s", value, type).isLessThanOrEqualTo(other);
          }
        }
      }
    }
  }

  /** A double a hair beside the middle of two numbers of the type, where rounding twice goes wrong. */
  private static double nearTie(Random random, ElementType type) {
    int bits = type == ElementType.FLOAT16 ? 11 : type == ElementType.BFLOAT16 ? 8 : 24;
    long mantissa = (1L << (bits - 1)) + random.nextLong(1L << (bits - 1));
    double middle = (mantissa + 0.5) * Math.pow(2, random.nextInt(8) - bits);
    return switch (random.nextInt(3)) {
      case 0 -> Math.nextUp(middle);
      case 1 -> Math.nextDown(middle);
      default -> -Math.nextUp(middle);
    };
  }

  private static double neighbour(Column column, ElementType type, int step) {
    if (type == ElementType.FLOAT32) {
      return Float.intBitsToFloat(column.ints().get(0) + step);
    }
    short next = (short) (column.shorts().get(0) + step);
    return type == ElementType.FLOAT16 ? Float.float16ToFloat(next) : Float.intBitsToFloat(next << 16);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThat(Numbers.putDoubles(column(ElementType.FLOAT16)).put(0, 65519.99)).isTrue();
    assertThat(Numbers.putDoubles(column(ElementType.FLOAT16)).put(0, 65520)).isFalse();
    assertThat(Numbers.putDoubles(column(ElementType.FLOAT32)).put(0, 1e39)).isFalse();
    assertThat(Numbers.putDoubles(column(ElementType.FLOAT32)).put(0, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(Numbers.putDoubles(column(ElementType.INT64)).put(0, 0x1p63)).isFalse();
    assertThat(Numbers.putDoubles(column(ElementType.INT64)).put(0, -0x1p63)).isTrue();
    assertThat(Numbers.putDoubles(column(ElementType.INT32)).put(0, Double.NaN)).isFalse();
    assertThat(Numbers.putDoubles(column(ElementType.UINT8)).put(0, 255.4)).isTrue();
    assertThat(Numbers.putDoubles(column(ElementType.UINT8)).put(0, -1)).isFalse();
    assertThat(Numbers.putLongs(column(ElementType.BOOL)).put(0, 2)).isFalse();
    assertThat(Numbers.putLongs(column(ElementType.INT16)).put(0, 32768)).isFalse();
  }

  @Test
  void shouldFindEveryWordAndNoOther() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      words.add("w\u00f6rd-" + Integer.toString(i * 7919, 36));
    }
    Words table = new Words(words);
    for (int i = 0; i < words.size(); i++) {
      assertThat(table.place(words.get(i))).isEqualTo(i);
      assertThat(table.place(words.get(i) + "x")).isEqualTo(-1);
    }
    assertThat(table.place("")).isEqualTo(-1);
  }
}
