package io.yapok.model.internal.expression;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Expressions and columns at random, with the awkward values in them. */
final class RandomExpressions {
  private static final double[] AWKWARD = {0.0, -0.0, 1, -1, 0.1, 0.9, 0.5, 2.5, -2.5, 1e300, -1e300, 5e-324, 3.5e38, 9.3e18, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
  private static final long[] WHOLE = {0, 1, -1, 2, 3, 7, -100, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final String[] TEXTS = {"", "a", "b", "CH", "é", "𝄞", "12", "-3.5", "1e400", "0.1", "true", "9223372036854775807", "9223372036854775808", "1f", "NaN", "."};

  private final SplittableRandom random;

  RandomExpressions(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Columns of every kind with so many rows. */
  Fixture columns(int rows) {
    RowShape any = RowShape.of(RowShape.DYNAMIC);
    return new Fixture()
        .with("f", ElementType.FLOAT32, rows(rows, this::real))
        .with("d", ElementType.FLOAT64, rows(rows, this::real))
        .with("n", ElementType.INT64, rows(rows, this::whole))
        .with("s", ElementType.INT8, rows(rows, () -> random.nextInt(-4, 5)))
        .with("b", ElementType.BOOL, rows(rows, random::nextBoolean))
        .with("t", ElementType.TEXT, rows(rows, this::text))
        .with("vf", ElementType.FLOAT32, RowShape.of(3), rows(rows, () -> list(3, this::real)))
        .with("vd", ElementType.FLOAT64, any, rows(rows, () -> list(random.nextInt(5), this::real)))
        .with("vi", ElementType.INT32, RowShape.of(3), rows(rows, () -> list(3, () -> random.nextInt(-3, 4))))
        .with("vn", ElementType.INT64, any, rows(rows, () -> list(random.nextInt(4), this::whole)))
        .with("vb", ElementType.BOOL, RowShape.of(2), rows(rows, () -> list(2, random::nextBoolean)))
        .with("vt", ElementType.TEXT, any, rows(rows, () -> list(random.nextInt(3), this::text)))
        .with("one", ElementType.FLOAT32, RowShape.of(1), rows(rows, () -> list(1, this::real)));
  }

  /** An expression of any kind. */
  String any(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> bool(depth);
      case 1 -> text(depth);
      case 2 -> vector(depth);
      default -> number(depth);
    };
  }

  private String number(int depth) {
    if (depth == 0) {
      return pick("f", "d", "n", "s", "one", "2", "0.1", "0", "-1.5", "3", "1e30", "0.9");
    }
    int d = depth - 1;
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> "(" + number(d) + " " + pick("+", "-", "*", "/") + " " + number(d) + ")";
      case 3 -> "int(" + number(d) + ") % int(" + number(d) + ")";
      case 4 -> pick("abs", "exp", "log", "sqrt", "floor", "ceil", "round", "int", "double", "float", "-") + "(" + number(d) + ")";
      case 5 -> pick("min", "max", "sum", "mean", "argmax", "argmin", "size") + "(" + vector(d) + ")";
      case 6 -> pick("min", "max") + "(" + number(d) + ", " + number(d) + ", " + number(d) + ")";
      case 7 -> "(" + bool(d) + " ? " + number(d) + " : " + number(d) + ")";
      case 8 -> "(" + vector(d) + ")[" + pick("0", "1", "s", "argmax(vf)", "int(f)") + "]";
      case 9 -> "clamp(" + number(d) + ", " + number(d) + ", " + number(d) + ")";
      case 10 -> "pow(" + number(d) + ", " + number(d) + ")";
      case 11 -> pick("int", "double", "float", "size") + "(" + text(d) + ")";
      case 12 -> pick("int", "double", "float") + "(" + bool(d) + ")";
      default -> number(0);
    };
  }

  private String bool(int depth) {
    if (depth == 0) {
      return pick("b", "true", "false", "vb[1]");
    }
    int d = depth - 1;
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> "(" + number(d) + " " + pick("<", "<=", ">", ">=", "==", "!=") + " " + number(d) + ")";
      case 3 -> "(" + text(d) + " " + pick("<", "<=", ">", ">=", "==", "!=") + " " + text(d) + ")";
      case 4 -> "(" + bool(d) + " " + pick("&&", "||", "==", "!=") + " " + bool(d) + ")";
      case 5 -> "!(" + bool(d) + ")";
      case 6 -> "(" + number(d) + " in " + vector(d) + ")";
      case 7 -> "(" + text(d) + " in " + pick("vt", "['a', 'é']", "[t, 'CH']") + ")";
      case 8 -> pick("is_nan", "is_finite", "bool") + "(" + number(d) + ")";
      default -> "(" + bool(d) + " ? " + bool(d) + " : bool(" + text(d) + "))";
    };
  }

  private String text(int depth) {
    if (depth == 0) {
      return pick("t", "'a'", "'é'", "'12'", "''");
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + bool(d) + " ? " + text(d) + " : " + text(d) + ")";
      case 1 -> "label(" + pick("s", "argmin(vi)", "int(" + number(d) + ")") + ", ['a', " + text(d) + ", 'c'])";
      case 2 -> "vt[" + pick("0", "1", "s") + "]";
      case 3 -> "string(" + pick("n", "s", "int(" + number(d) + ")", bool(d)) + ")";
      default -> text(0);
    };
  }

  private String vector(int depth) {
    if (depth == 0) {
      return pick("vf", "vd", "vi", "vn", "[1, 2.5]", "[3, 4, 5]");
    }
    int d = depth - 1;
    return switch (random.nextInt(10)) {
      case 0 -> "(" + vector(d) + " " + pick("+", "-", "*", "/") + " " + vector(d) + ")";
      case 1 -> "(" + vector(d) + " " + pick("+", "-", "*", "/") + " " + number(d) + ")";
      case 2 -> "(" + number(d) + " " + pick("+", "-", "*", "/") + " " + vector(d) + ")";
      case 3 -> pick("abs", "exp", "log", "sqrt", "floor", "ceil", "round", "int", "double", "float", "-", "softmax") + "(" + vector(d) + ")";
      case 4 -> pick("top_k", "top_k_values") + "(" + vector(d) + ", " + pick("1", "2", "3", "s") + ")";
      case 5 -> "concat(" + vector(d) + ", " + number(d) + ", " + vector(d) + ")";
      case 6 -> "[" + number(d) + ", " + number(d) + "]";
      case 7 -> "(" + bool(d) + " ? " + vector(d) + " : " + vector(d) + ")";
      case 8 -> "clamp(" + vector(d) + ", " + number(d) + ", " + number(d) + ")";
      default -> vector(0);
    };
  }

  private Object real() {
    return random.nextInt(3) == 0 ? AWKWARD[random.nextInt(AWKWARD.length)] : random.nextInt(2) == 0 ? random.nextInt(-8, 9) / 4.0 : random.nextDouble() * 4 - 2;
  }

  private Object whole() {
    return random.nextInt(3) == 0 ? WHOLE[random.nextInt(WHOLE.length)] : (long) random.nextInt(-9, 10);
  }

  private Object text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static List<Object> list(int size, Supplier<?> element) {
    return IntStream.range(0, size).mapToObj(i -> (Object) element.get()).collect(Collectors.toCollection(ArrayList::new));
  }

  private static Object[] rows(int rows, Supplier<?> value) {
    return list(rows, value).toArray();
  }
}
