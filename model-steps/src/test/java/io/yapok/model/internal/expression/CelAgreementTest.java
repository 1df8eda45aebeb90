package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;

/** Where CEL has the same operators on the same types, our nodes answer what CEL's own runtime answers, and reject where it fails. */
class CelAgreementTest {
  private static final Cel CEL = CelFactory.standardCelBuilder()
      .addVar("x", SimpleType.DOUBLE)
      .addVar("y", SimpleType.DOUBLE)
      .addVar("n", SimpleType.INT)
      .addVar("m", SimpleType.INT)
      .addVar("b", SimpleType.BOOL)
      .addVar("t", SimpleType.STRING)
      .addVar("v", ListType.create(SimpleType.DOUBLE))
      .build();

  private static final double[] DOUBLES = {0.0, -0.0, 1.5, -2.25, 1e300, Double.NaN, Double.POSITIVE_INFINITY, 0.1};
  private static final long[] LONGS = {0, 1, -1, 7, -13, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final String[] TEXTS = {"", "a", "é", "𝄞", "CH"};

  private SplittableRandom random;

  @RepeatedTest(3)
  void shouldAgreeWithCelWhenBothKnowTheExpression() throws CelValidationException {
    long seed = Long.getLong("seed", new SplittableRandom().nextLong());
    random = new SplittableRandom(seed);
    for (int i = 0; i < 150; i++) {
      String text = switch (random.nextInt(4)) {
        case 0 -> real(3);
        case 1 -> whole(3);
        case 2 -> text(3);
        default -> bool(3);
      };
      CelRuntime.Program program = program(text);
      for (int row = 0; row < 5; row++) {
        Map<String, Object> values = values();
        Object ours = fixture(values).run(text).getFirst();
        Object expected = evaluated(program, values);
        assertThat(ours instanceof String s && s.startsWith("EXPRESSION_FAILED") ? "failed" : ours).as("seed %d: %s of %s", seed, text, values).isEqualTo(expected);
      }
    }
  }

  private static CelRuntime.Program program(String text) throws CelValidationException {
    try {
      return CEL.createProgram(CEL.compile(text).getAst());
    } catch (CelEvaluationException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Object evaluated(CelRuntime.Program program, Map<String, Object> values) {
    try {
      return program.eval(values);
    } catch (CelEvaluationException e) {
      return "failed";
    }
  }

  private Map<String, Object> values() {
    return Map.of("x", aDouble(), "y", aDouble(), "n", aLong(), "m", aLong(), "b", random.nextBoolean(), "t", TEXTS[random.nextInt(TEXTS.length)],
        "v", List.of(aDouble(), aDouble(), aDouble()));
  }

  private double aDouble() {
    return random.nextBoolean() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextDouble() * 10 - 5;
  }

  private long aLong() {
    return random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(-5, 6);
  }

  private static Fixture fixture(Map<String, Object> values) {
    return new Fixture()
        .with("x", ElementType.FLOAT64, values.get("x"))
        .with("y", ElementType.FLOAT64, values.get("y"))
        .with("n", ElementType.INT64, values.get("n"))
        .with("m", ElementType.INT64, values.get("m"))
        .with("b", ElementType.BOOL, values.get("b"))
        .with("t", ElementType.TEXT, values.get("t"))
        .with("v", ElementType.FLOAT64, RowShape.of(RowShape.DYNAMIC), values.get("v"));
  }

  private String real(int depth) {
    return depth == 0
        ? pick("x", "y", "0.5", "2.0", "-1.25")
        : switch (random.nextInt(6)) {
          case 0, 1 -> "(" + real(depth - 1) + pick(" + ", " - ", " * ", " / ") + real(depth - 1) + ")";
          case 2 -> "(" + bool(depth - 1) + " ? " + real(depth - 1) + " : " + real(depth - 1) + ")";
          case 3 -> "v[" + pick("0", "2", "n") + "]";
          case 4 -> "double(" + whole(depth - 1) + ")";
          default -> "-(" + real(depth - 1) + ")";
        };
  }

  private String whole(int depth) {
    return depth == 0
        ? pick("n", "m", "3", "-2")
        : switch (random.nextInt(6)) {
          case 0, 1 -> "(" + whole(depth - 1) + pick(" + ", " - ", " * ", " / ", " % ") + whole(depth - 1) + ")";
          case 2 -> "(" + bool(depth - 1) + " ? " + whole(depth - 1) + " : " + whole(depth - 1) + ")";
          case 3 -> "size(" + pick("v", text(depth - 1)) + ")";
          case 4 -> "int(" + real(depth - 1) + ")";
          default -> "-(" + whole(depth - 1) + ")";
        };
  }

  /**
   * Operands of && and || cannot fail: CEL lets either side decide, we go from left to right. The product makes a comparison's right side an object of its own:
   * CEL's Java runtime takes any object to be equal to itself, NaN too, against CEL's specification and IEEE 754.
   */
  private String bool(int depth) {
    return depth == 0
        ? pick("b", "true", "false")
        : switch (random.nextInt(7)) {
          case 0 -> "(" + real(depth - 1) + comparison() + "1.0 * " + real(depth - 1) + ")";
          case 1 -> "(" + whole(depth - 1) + comparison() + whole(depth - 1) + ")";
          case 2 -> "(" + text(depth - 1) + comparison() + text(depth - 1) + ")";
          case 3 -> "(" + safe() + pick(" && ", " || ") + safe() + ")";
          case 4 -> "!" + bool(depth - 1);
          case 5 -> "(" + text(depth - 1) + " in ['a', t, 'é'])";
          default -> "(" + whole(depth - 1) + " in [1, 2, m])";
        };
  }

  private String safe() {
    return pick("b", "(x < y)", "(n == m)", "(t == 'a')", "!b");
  }

  private String text(int depth) {
    return depth == 0
        ? pick("t", "'a'", "'é'")
        : switch (random.nextInt(3)) {
          case 0 -> "(" + bool(depth - 1) + " ? " + text(depth - 1) + " : " + text(depth - 1) + ")";
          case 1 -> "string(" + whole(depth - 1) + ")";
          default -> "['a', t, '𝄞'][" + pick("0", "1", "n") + "]";
        };
  }

  private String comparison() {
    return pick(" < ", " <= ", " > ", " >= ", " == ", " != ");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
