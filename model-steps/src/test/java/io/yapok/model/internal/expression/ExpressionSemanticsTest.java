package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each operator and function answers for one row. */
class ExpressionSemanticsTest {
  private static final List<Double> SCORES = List.of(0.5, -2.0, 4.25, 4.25, 0.0);

  private static Fixture fixture() {
    return new Fixture()
        .with("score", ElementType.FLOAT32, 0.9)
        .with("ratio", ElementType.FLOAT64, 0.1)
        .with("count", ElementType.INT64, 7)
        .with("small", ElementType.INT8, -3)
        .with("byte", ElementType.UINT8, 200)
        .with("half", ElementType.FLOAT16, 1.5)
        .with("brain", ElementType.BFLOAT16, 2.5)
        .with("zero", ElementType.INT32, 0)
        .with("nan", ElementType.FLOAT64, Double.NaN)
        .with("flag", ElementType.BOOL, true)
        .with("country", ElementType.TEXT, "CH")
        .with("amount", ElementType.TEXT, "12.50")
        .with("scores", ElementType.FLOAT32, RowShape.of(5), SCORES)
        .with("doubles", ElementType.FLOAT64, RowShape.of(RowShape.DYNAMIC), SCORES)
        .with("empty", ElementType.FLOAT32, RowShape.of(RowShape.DYNAMIC), List.of())
        .with("holes", ElementType.FLOAT32, RowShape.of(3), Arrays.asList(Double.NaN, 1.0, 2.0))
        .with("ints", ElementType.INT32, RowShape.of(3), List.of(3, 1, 2))
        .with("one", ElementType.FLOAT32, RowShape.of(1), List.of(0.75))
        .with("tags", ElementType.TEXT, RowShape.of(RowShape.DYNAMIC), List.of("a", "bé"))
        .with("big", ElementType.INT64, Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "score * 2 | 1.8f",
    "score + ratio | " + (0.9f + 0.1),
    "count + 1 | 8",
    "count / 2 | 3",
    "count % 4 | 3",
    "-count | -7",
    "count * 2.5 | 17.5",
    "small + byte | 197",
    "half + brain | 4.0f",
    "1 / zero | EXPRESSION_FAILED: division of 1 by zero",
    "1 % zero | EXPRESSION_FAILED: remainder of 1 by zero",
    "zero != 0 && 1 / zero > 2 | false",
    "zero == 0 ? -1 : 1 / zero | -1",
    "big + 1 | EXPRESSION_FAILED: integer overflow in 9223372036854775807 + 1",
    "1.0 / zero | Infinity",
    "score >= 0.9 | true",
    "score * 1 >= 0.9 | true",
    "double(score) >= 0.9 | false",
    "score in [0.1, 0.9] | true",
    "nan == nan | false",
    "nan != nan | true",
    "`nan < 1 || nan >= 1` | false",
    "is_nan(nan) | true",
    "is_finite(1 / 0.0) | false",
    "country == 'CH' | true",
    "country < 'DE' | true",
    "country in ['AT', 'CH'] | true",
    "'bé' in tags | true",
    "tags[1] | bé",
    "size(tags) | 2",
    "size(tags[1]) | 2",
    "flag ? 'yes' : 'no' | yes",
    "flag == !flag | false",
    "max(scores) < 5 | true",
    "max(scores) | 4.25f",
    "min(scores) | -2.0f",
    "max(count, 2, 9.5) | 9.5",
    "max(count, 2) | 7",
    "min(score, 3) | 0.9f",
    "sum(scores) | 7.0f",
    "sum(ints) | 6",
    "mean(ints) | 2.0",
    "mean(empty) | EXPRESSION_FAILED: mean of an empty vector",
    "sum(empty) | 0.0f",
    "argmax(scores) | 2",
    "argmin(doubles) | 1",
    "argmax(holes) | 2",
    "max(holes) | NaNf",
    "argmax(empty) | EXPRESSION_FAILED: argmax of an empty vector",
    "softmax([0.0, 0.0]) | [0.5, 0.5]",
    "softmax([1000, 1000]) | [0.5, 0.5]",
    "top_k(scores, 3) | [2, 3, 0]",
    "top_k_values(doubles, 2) | [4.25, 4.25]",
    "top_k(holes, 3) | [2, 1, 0]",
    "top_k_values(ints, 1) | [3]",
    "top_k(empty, 2) | []",
    "scores[2] | 4.25f",
    "scores[count] | EXPRESSION_FAILED: index 7 of a vector of 5",
    "doubles[zero - 1] | EXPRESSION_FAILED: index -1 of a vector of 5",
    "scores * 2 - doubles | [0.5, -2.0, 4.25, 4.25, 0.0]",
    "ints * ints | [9, 1, 4]",
    "10 - ints | [7, 9, 8]",
    "holes + doubles | EXPRESSION_FAILED: vectors of 3 and 5 elements do not pair",
    "concat(ints, count, 0.5) | [3.0, 1.0, 2.0, 7.0, 0.5]",
    "concat(ints, 4) | [3, 1, 2, 4]",
    "[count, small] | [7, -3]",
    "size(empty) | 0",
    "size(concat(empty, one)) | 1",
    "one > 0.7 | true",
    "one[0] | 0.75f",
    "max(one) | 0.75f",
    "int(-2.9) | -2",
    "int(nan) | EXPRESSION_FAILED: NaN is no 64-bit integer",
    "int(flag) | 1",
    "int('-42') | -42",
    "int(country) | EXPRESSION_FAILED: \"CH\" is not a 64-bit integer",
    "double(amount) * 2 | 25.0",
    "float(ratio) | 0.1f",
    "float(amount) | 12.5f",
    "string(count) | 7",
    "string(big * -1 - 1) | -9223372036854775808",
    "string(flag) | true",
    "bool(count) | true",
    "bool('false') | false",
    "label(argmin(ints), ['a', 'b', 'c']) | b",
    "label(count, ['a', 'b']) | EXPRESSION_FAILED: index 7 of a vector of 2",
    "['low', 'high'][int(score > 0.5)] | high",
    "exp(0) | 1.0",
    "log(exp(score)) | 0.9f",
    "sqrt(-1) | NaN",
    "pow(count, 2) | 49.0",
    "pow(scores, 2)[1] | 4.0f",
    "floor(-1.5) | -2.0",
    "ceil(1.2) | 2.0",
    "round(2.5) | 3.0",
    "round(-2.5) | -3.0",
    "round(count) | 7",
    "abs(small) | 3",
    "abs(scores)[1] | 2.0f",
    "clamp(count, 0, 5) | 5",
    "clamp(scores, 0, 1) | [0.5f, 0.0f, 1.0f, 1.0f, 0.0f]",
    "flag ? scores : scores * 2 | [0.5f, -2.0f, 4.25f, 4.25f, 0.0f]",
  })
  void shouldAnswerAsDocumentedWhenEvaluatedOnOneRow(String expression, String expected) {
    assertThat(shown(fixture().run(expression).getFirst())).isEqualTo(expected);
  }

  private static String shown(Object value) {
    return switch (value) {
      case Float single -> single + "f";
      case List<?> list -> list.stream().map(ExpressionSemanticsTest::shown).toList().toString();
      default -> value.toString();
    };
  }
}
