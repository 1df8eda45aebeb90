package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.model.internal.kernel.CompiledExpression;
import io.yapok.model.internal.kernel.NamedExpression;
import io.yapok.model.internal.kernel.TransformStep;
import io.yapok.model.internal.kernel.ValidateStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps made of expressions, over batches of records with many rows. */
class ExpressionStepsTest {
  private static final RowShape ANY = RowShape.of(RowShape.DYNAMIC);

  /** Input columns, one column an expression, and the step that fills them. */
  private record Setup(Batch batch, Step step, int firstOutput) {
    static Setup of(Fixture fixture, List<ColumnSpec> inputs, String... expressions) {
      List<ColumnSpec> columns = new ArrayList<>(inputs);
      List<NamedExpression> named = new ArrayList<>();
      for (String text : expressions) {
        CompiledExpression expression = fixture.compile(text).orElseThrow(() -> new AssertionError(fixture.problems().toString()));
        String name = "x" + named.size();
        named.add(new NamedExpression(name, expression, columns.size()));
        columns.add(expression.column(name));
        fixture.with(name, expression.type(), expression.shape());
      }
      return new Setup(new Batch(new Layout(columns), 1 << 20), new TransformStep("calc", named), inputs.size());
    }

    void run() {
      try (BoundStep bound = step.bind(batch)) {
        bound.run();
      }
    }

    Object value(int output, int row) {
      return Fixture.value(batch.column(firstOutput + output), row);
    }
  }

  private static Setup divisions(String... expressions) {
    Fixture fixture = new Fixture().with("n", ElementType.INT64);
    Setup setup = Setup.of(fixture, List.of(new ColumnSpec("n", ElementType.INT64, RowShape.SCALAR)), expressions);
    long[][] records = {{1, 2}, {5, 0, 4}, {}, {7}};
    for (long[] record : records) {
      Batch batch = setup.batch();
      batch.addRecord(null, null, 0, 0, 0, null);
      batch.reserveRows(batch.rows() + record.length);
      for (int i = 0; i < record.length; i++) {
        batch.column(0).longs().put(batch.rows() + i, record[i]);
      }
      batch.endRecord(record.length);
    }
    return setup;
  }

  @Test
  void shouldRejectOnlyTheRecordWhenOneOfItsRowsHasNoValue() {
    Setup setup = divisions("100 / n", "string(n)", "concat([n, n], 1)", "top_k([n, 2], int(n))", "x0 + 1");

    setup.run();

    assertThat(setup.batch().rejected()).isEqualTo(1);
    Reject reject = setup.batch().rejection(1);
    assertThat(reject).isEqualTo(new Reject(RejectReason.EXPRESSION_FAILED, "calc", "x0", "division of 100 by zero"));
    assertThat(setup.value(0, 1)).isEqualTo(50L);
    assertThat(setup.value(1, 5)).isEqualTo("7");
    assertThat(setup.value(2, 5)).isEqualTo(List.of(7L, 7L, 1L));
    assertThat(setup.value(3, 5)).isEqualTo(List.of(0L, 1L));
    assertThat(setup.value(4, 5)).isEqualTo(15L);
  }

  @Test
  void shouldKeepRowsInTheirPlacesWhenARecordFailsHalfWay() {
    Setup setup = divisions("string(100 / n)", "n / n == 1 ? [n] : [n, n]", "top_k([n, 2], 100 / n)");

    setup.run();

    assertThat(setup.value(0, 0)).isEqualTo("100");
    assertThat(setup.value(0, 5)).isEqualTo("14");
    assertThat(setup.value(1, 5)).isEqualTo(List.of(7L));
    assertThat(setup.value(2, 5)).isEqualTo(List.of(0L, 1L));
  }

  @Test
  void shouldComputeNothingWhenARecordIsRejectedAlready() {
    Setup setup = divisions("100 / n", "string(n)");
    setup.batch().reject(1, new Reject(RejectReason.MODEL_FAILED, "m", "", "first"));

    setup.run();

    assertThat(setup.batch().rejection(1).message()).isEqualTo("first");
    assertThat(setup.value(1, 5)).isEqualTo("7");
  }

  @Test
  void shouldRunAgainWhenTheBatchIsCleared() {
    Setup setup = divisions("string(n)");
    try (BoundStep bound = setup.step().bind(setup.batch())) {
      bound.run();
      setup.batch().clear();
      setup.batch().addRecord(null, null, 0, 0, 0, null);
      setup.batch().reserveRows(1);
      setup.batch().column(0).longs().put(0, 42);
      setup.batch().endRecord(1);
      bound.run();
    }

    assertThat(setup.value(0, 0)).isEqualTo("42");
  }

  @Test
  void shouldRefuseARuleStepWhenARuleIsNoTruthValue() {
    CompiledExpression number = new Fixture().with("n", ElementType.INT64).compile("n + 1").orElseThrow();

    assertThatThrownBy(() -> new ValidateStep("v", List.of(new NamedExpression("r", number, 1)))).hasMessageContaining("neither true nor false");
  }

  /**
   * The rule of the first example: cost and garbage per row. A machine may be ten times slower than another, and tests run with the first compiler alone, so the
   * bound is a plain loop over the same numbers, measured by turns.
   */
  @Test
  void shouldCostFewNanosecondsAndNoGarbageWhenARuleRunsOverABatch() {
    Fixture fixture = new Fixture().with("scores", ElementType.FLOAT32, RowShape.of(10)).with("t", ElementType.TEXT).with("v", ElementType.FLOAT64, ANY);
    CompiledExpression rule = fixture.compileRule("max(scores) < 5.0").orElseThrow();
    Layout layout = new Layout(List.of(
        new ColumnSpec("scores", ElementType.FLOAT32, RowShape.of(10)),
        new ColumnSpec("t", ElementType.TEXT, RowShape.SCALAR),
        new ColumnSpec("v", ElementType.FLOAT64, ANY),
        rule.column("anomaly")));
    Batch batch = new Batch(layout, 1 << 22);
    int rows = 1000;
    batch.reserveRows(rows);
    for (int row = 0; row < rows; row++) {
      batch.addRecord(null, null, 0, 0, row, null);
      for (int i = 0; i < 10; i++) {
        batch.column(0).floats().put(row * 10 + i, (row * 31 + i * 7) % 11);
      }
      batch.endRecord(1);
    }
    BoundStep step = new ValidateStep("validate", List.of(new NamedExpression("unsure", rule, 3))).bind(batch);
    for (int i = 0; i < 3000; i++) {
      step.run();
    }
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    long bestLoop = Long.MAX_VALUE;
    int flagged = 0;
    long bytes = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 300; i++) {
      long start = System.nanoTime();
      step.run();
      long between = System.nanoTime();
      flagged += plainLoop(batch.column(0).floats(), rows);
      best = Math.min(best, between - start);
      bestLoop = Math.min(bestLoop, System.nanoTime() - between);
    }
    bytes = thread.getCurrentThreadAllocatedBytes() - bytes;
    System.err.println("max(scores) < 5.0 over 10 scores: " + (double) best / rows + " ns a row, a plain loop " + (double) bestLoop / rows + ", "
        + bytes + " bytes in 300,000 rows, " + flagged + " flagged by the loop");

    assertThat(best).isLessThan(4 * bestLoop);
    assertThat(bytes).isLessThan(50_000);
  }

  private static int plainLoop(FloatBuffer scores, int rows) {
    int flagged = 0;
    for (int row = 0; row < rows; row++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = row * 10; i < row * 10 + 10; i++) {
        max = Math.max(max, scores.get(i));
      }
      flagged += max < 5 ? 1 : 0;
    }
    return flagged;
  }
}
