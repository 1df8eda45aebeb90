package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.Problem;
import io.yapok.schemas.RowShape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of expressions that are wrong. */
class ExpressionProblemsTest {
  private static Fixture fixture() {
    return new Fixture()
        .with("score", ElementType.FLOAT32)
        .with("count", ElementType.INT64)
        .with("country", ElementType.TEXT)
        .with("raw", ElementType.JSON)
        .with("scores", ElementType.FLOAT32, RowShape.of(10))
        .with("three", ElementType.FLOAT32, RowShape.of(3))
        .with("one", ElementType.FLOAT32, RowShape.of(1))
        .with("image", ElementType.FLOAT32, RowShape.of(28, 28))
        .with("matrix", ElementType.FLOAT32, RowShape.of(RowShape.DYNAMIC, 3));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '@', quoteCharacter = '`', value = {
    "maxx(scores) @ 1 @ no function is named \"maxx\" @ did you mean max?",
    "max(scoers) < 5.0 @ 5 @ no value is named \"scoers\" @ did you mean scores?",
    "1 + (score + country) @ 6 @ + does not take (number, text) @ it can be written number + number, vector + vector, vector + number, number + vector",
    "argmax(country) @ 1 @ argmax does not take (text) @ it can be written argmax(vector)",
    "max(count, 2, country) @ 1 @ max does not take (number, text) @ it can be written max(vector), max(number, number, ...)",
    "scores > 0.5 @ 1 @ > does not take (vector, number) @ it can be written number > number, text > text; take one number of a vector v as v[0] or max(v)",
    "count % 2.5 @ 1 @ % takes whole numbers, not int64 and float64 @ convert with int(...)",
    "scores[1.5] @ 1 @ an index of type float64 @ convert it with int(...)",
    "scores[10] @ 1 @ index 10 of a vector of 10 @ indices are 0 to 9",
    "score * 2 + scores[10] @ 13 @ index 10 of a vector of 10 @ indices are 0 to 9",
    "scores + three @ 1 @ vectors of shapes [10] and [3] do not pair @ use vectors of one shape",
    "image[3] @ 1 @ one index for values of shape [28, 28] @ index a vector",
    "matrix @ 1 @ matrix has rows of shape [?, 3], and expressions take only vectors of varying length @ declare it otherwise under source.fields, or leave it out",
    "raw == 'a' @ 1 @ raw is passed through as JSON text, which expressions cannot read @ declare it otherwise under source.fields, or leave it out",
    "label(argmax(scores), ['a', 'b']) @ 1 @ 2 labels for a vector of 10 @ give one label for each element",
    "top_k(scores, 11) @ 1 @ the top 11 of a vector of float32 [10] @ ask for at least 1 and no more than there are",
    "string(score) @ 1 @ string does not take float32 @ make it a whole number first: string(int(round(x)))",
    "scores.max() @ 1 @ a call behind a dot @ write max(value) instead of value.max()",
    "score in [] @ 10 @ an empty list @ write what it is to hold",
    "score in [1, 'a'] @ 10 @ a list of int64 and text @ list values of one kind",
    "[scores, scores] @ 1 @ a list of vectors @ put them together with concat(...)",
    "{'a': 1} @ 1 @ a map @ expressions know numbers, text, true and false, and vectors",
    "1u + 2 @ 1 @ an unsigned number @ leave out the u",
    "null @ 1 @ null @ give the field a default under source.fields",
    "b'abc' @ 1 @ bytes @ write text in plain quotes",
    "max(scores @ 11 @ missing ')' at '<EOF>' @ see docs/expressions.md for how expressions are written",
    "score = 1 @ 7 @ token recognition error at: '= ' @ write == to compare",
    "score and true @ 7 @ mismatched input 'and' @ `write && for and, || for or, ! for not`",
    "input.in + 1 @ 7 @ no viable alternative at input '.in' @ write a field of that name as input[\"name\"]",
    "if(score) @ 1 @ reserved identifier: if @ write a field of that name as input[\"name\"]",
    "has(input.x) @ 1 @ no function is named \"has\" @ see docs/expressions.md for those there are",
    "clamp(score) @ 1 @ clamp does not take (number) @ it can be written clamp(number, number, number), clamp(vector, number, number)",
    "score > 1 ? 1 : 'a' @ 1 @ ?: does not take (bool, number, text) @ it can be written bool ? number : number, bool ? text : text, bool ? bool : bool, bool ? vector : vector",
    "input.a @ 1 @ input.a could be number or text or bool @ declare its type under source.fields",
    "input.a + input.b > 2 && input.a == 'x' @ 1 @ no type fits every use of input.a @ declare its type under source.fields, and convert it where it is used as another",
    "'é' == score @ 1 @ == does not take (text, number) @ it can be written number == number, text == text, bool == bool",
    "'é𝄞' == (country + 1) @ 10 @ + does not take (text, number) @ it can be written number + number, vector + vector, vector + number, number + vector",
  })
  void shouldSayWhatWhereAndWhatToDoWhenExpressionIsWrong(String expression, int character, String what, String whatToDo) {
    Fixture fixture = fixture();

    assertThat(fixture.compile(expression)).isEmpty();

    Problem first = fixture.problems().getFirst();
    assertThat(first.what()).isEqualTo(what + " at character " + character + " of \"" + expression + "\"");
    assertThat(first.whatToDo()).isEqualTo(whatToDo);
    assertThat(first.where()).hasToString("p.yaml:3:5 (steps[0].transform.x)");
  }

  @Test
  void shouldListEveryProblemWhenThereAreSeveral() {
    Fixture fixture = fixture();

    fixture.compile("maxx(scoers) + scores.foo + 1u");

    assertThat(fixture.problems()).hasSize(4);
  }

  @Test
  void shouldRefuseARuleWhenItIsNotTrueOrFalse() {
    Fixture fixture = fixture();

    assertThat(fixture.compileRule("max(scores)")).isEmpty();

    assertThat(fixture.problems()).singleElement().hasToString(
        "a rule is true or false, and this is a number in \"max(scores)\", p.yaml:3:5 (steps[0].validate.x), compare it with something");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '@', quoteCharacter = '`', value = {
    "input.amount > 100 @ input.amount: float64 []",
    "input.amount * 2 @ input.amount: float64 []",
    "input.card.country == 'CH' @ input.card.country: text []",
    "input['card-number'] in ['a', 'b'] @ input.card-number: text []",
    "input.`card-number` == 'a' @ input.card-number: text []",
    "input['in'] == 'a' @ input.in: text []",
    "input.flag ? 1 : 2 @ input.flag: bool []",
    "max(input.readings) < 5 @ input.readings: float64 [?]",
    "input.readings[0] + 1 @ input.readings: float64 [?]",
    "'x' in input.tags @ input.tags: text [?]",
    "one > input.limit @ input.limit: float64 []",
    "max(one) > input.limit @ input.limit: float64 []",
    "input.a + input.b > 0 @ input.a: float64 [],input.b: float64 []",
  })
  void shouldSettleTypesOfUndeclaredFieldsWhenTheirUseSaysSo(String expression, String decided) {
    Fixture fixture = fixture();

    fixture.compile(expression);

    assertThat(fixture.problems()).isEmpty();
    assertThat(String.join(",", fixture.decided())).isEqualTo(decided);
  }

  @Test
  void shouldTakeARuleForAFieldThatIsTrueOrFalse() {
    Fixture fixture = fixture();

    fixture.compileRule("input.blocked");

    assertThat(fixture.decided()).containsExactly("input.blocked: bool []");
  }

  static List<Named<String>> hostile() {
    return Stream.of(
        "(".repeat(3000) + "1" + ")".repeat(3000),
        "(".repeat(1999) + "1" + ")".repeat(1999),
        "1" + "+1".repeat(1999),
        "score" + "[0]".repeat(1300),
        "score" + ".a".repeat(1900),
        "abs(".repeat(800) + "1" + ")".repeat(800),
        "true?".repeat(700) + "1" + ":1".repeat(700),
        "[".repeat(1900) + "]".repeat(1900),
        "a".repeat(4001),
        "\"" + "\\u0000".repeat(600),
        "\0\1\2",
        "",
        " \n\t",
        "'" + "\uD800" + "'",
        "// only a comment").map(text -> Named.of(text.length() + " characters", text)).toList();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void shouldReportAProblemWhenTextIsHostile(String text) {
    Fixture fixture = fixture();

    assertThat(fixture.compile(text)).isEmpty();

    assertThat(fixture.problems()).isNotEmpty().hasSizeLessThan(5).allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(1000));
  }

  @Test
  void shouldCompileQuicklyWhenAnExpressionIsAsLongAsAllowed() {
    Fixture fixture = fixture();
    String wide = "max(" + "score + 1, ".repeat(300) + "0)";

    assertThat(fixture.compile(wide)).isPresent();
  }
}
