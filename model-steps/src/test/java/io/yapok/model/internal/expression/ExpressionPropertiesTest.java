package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.internal.kernel.CompiledExpression;
import io.yapok.model.internal.kernel.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;

/** Expressions and rows at random: what the nodes answer is what the reference answers, whatever the batch. */
class ExpressionPropertiesTest {
  private static final int ROWS = 40;
  private static final int EXPRESSIONS = 100;

  @RepeatedTest(5)
  void shouldAgreeWithTheReferenceWhenExpressionsAndRowsAreRandom() {
    long seed = Long.getLong("seed", new SplittableRandom().nextLong());
    RandomExpressions random = new RandomExpressions(seed);
    Fixture fixture = random.columns(ROWS);
    int compiled = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = random.any(1 + i % 4);
      Optional<CompiledExpression> expression = fixture.compile(text);
      if (expression.isPresent()) {
        compiled++;
        List<Object> expected = expected(fixture, expression.get());
        for (int batch : new int[] {1, 7, ROWS}) {
          assertThat(rejectsAlike(fixture.run(expression.get(), batch))).as("seed %d, batch %d: %s", seed, batch, text).isEqualTo(expected);
        }
      }
    }
    assertThat(compiled).as("seed %d compiled, else %s", seed, fixture.problems()).isGreaterThan(EXPRESSIONS / 2);
  }

  private static List<Object> expected(Fixture fixture, CompiledExpression expression) {
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int current = row;
      expected.add(stored(new Reference(slot -> fixture.value(slot, current)), expression));
    }
    return expected;
  }

  private static Object stored(Reference reference, CompiledExpression expression) {
    try {
      return reference.stored(expression.term());
    } catch (Reference.Failed failed) {
      return "rejected";
    }
  }

  private static List<Object> rejectsAlike(List<Object> results) {
    return results.stream().map(each -> each instanceof String text && text.startsWith("EXPRESSION_FAILED: ") ? "rejected" : each).toList();
  }
}
