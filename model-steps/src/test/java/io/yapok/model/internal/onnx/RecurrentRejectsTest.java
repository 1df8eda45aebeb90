package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record that a recurrent model rejects is as if it had never been, and the rows beside it do not notice. */
class RecurrentRejectsTest {
  private static final ModelOptions ALLOW = new ModelOptions(0, false, true);
  private static final int SUM = 1;
  private static final int COUNT = 2;

  /** Looks {@code x} up in a table: 0 to 8 are themselves, 9 is NaN, others fail. Answers the sum of what a key's rows were, and its mean. */
  private static OnnxModel lookup() {
    OnnxType one = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1));
    return Graph.named("lookup")
        .input("x", one)
        .input("sum_in", one)
        .input("count_in", one)
        .initializer(Initializer.floats("table", List.of(10L), 0, 1, 2, 3, 4, 5, 6, 7, 8, Float.NaN))
        .initializer(Initializer.floats("step", List.of(1L), 1))
        .node(Node.of("Cast").in("x").out("place").with("to", ElementType.INT64.code()))
        .node(Node.of("Gather").in("table", "place").out("value"))
        .node(Node.of("Add").in("sum_in", "value").out("sum_out"))
        .node(Node.of("Add").in("count_in", "step").out("count_out"))
        .node(Node.of("Div").in("sum_out", "count_out").out("mean"))
        .output("mean", one)
        .output("sum_out", one)
        .output("count_out", one)
        .toModel();
  }

  private static RecurrentBench bench(ModelOptions options) {
    return new RecurrentBench(lookup(), options, Map.of("sum_in", "sum_out", "count_in", "count_out"));
  }

  /** A record of one row for each value. */
  private static void record(RecurrentBench bench, String key, float... values) {
    float[][] rows = new float[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new float[] {values[i]};
    }
    bench.record(key, rows);
  }

  private static RejectReason reason(RecurrentBench bench, int record) {
    Reject reject = bench.batch.rejection(record);
    return reject == null ? null : reject.reason();
  }

  @Test
  void shouldGoOnFromTheRowBeforeWhenOneFails() {
    try (RecurrentBench bench = bench(ModelOptions.DEFAULT)) {
      record(bench, "a", 4);
      record(bench, "b", 100);
      record(bench, "a", 100);
      record(bench, "b", 2);
      record(bench, "a", 6);
      bench.run();

      assertThat(List.of(0, 1, 2, 3, 4)).extracting(record -> reason(bench, record)).containsExactly(null, RejectReason.MODEL_FAILED, RejectReason.MODEL_FAILED, null, null);
      assertThat(List.of(0, 3, 4)).extracting(row -> bench.answer(0, row)[0]).containsExactly(4f, 2f, 5f);
      assertThat(bench.remembered("a", SUM)).containsExactly(10);
      assertThat(bench.remembered("a", COUNT)).containsExactly(2);
    }
  }

  @Test
  void shouldGoOnFromTheRowBeforeWhenOneIsNotFinite() {
    try (RecurrentBench bench = bench(ModelOptions.DEFAULT)) {
      record(bench, "a", 4);
      record(bench, "a", 9);
      record(bench, "a", 6);
      bench.run();

      assertThat(reason(bench, 1)).isEqualTo(RejectReason.NONFINITE_OUTPUT);
      assertThat(bench.batch.rejection(1).field()).isEqualTo("mean");
      assertThat(bench.answer(0, 2)).containsExactly(5);
      assertThat(bench.remembered("a", SUM)).containsExactly(10);
    }
  }

  @Test
  void shouldAnswerButNotRememberWhatIsNotFiniteWhenThatIsAllowed() {
    try (RecurrentBench bench = bench(ALLOW)) {
      record(bench, "a", 4);
      record(bench, "a", 9);
      record(bench, "a", 6);
      bench.run();

      assertThat(bench.batch.rejected()).isZero();
      assertThat(bench.answer(0, 1)).containsExactly(Float.NaN);
      assertThat(bench.answer(0, 2)).containsExactly(5);
      assertThat(bench.remembered("a", COUNT)).as("of all the model's tensors or none").containsExactly(2);
    }
  }

  @Test
  void shouldForgetAllRowsOfARecordWhenOneOfThemIsRejected() {
    try (RecurrentBench bench = bench(ModelOptions.DEFAULT)) {
      record(bench, "a", 4);
      record(bench, "b", 1, 2, 3);
      record(bench, "a", 5, 6, 100, 7);
      record(bench, "a", 8);
      record(bench, "b", 1, 9);
      bench.run();

      assertThat(List.of(0, 1, 2, 3, 4)).extracting(record -> reason(bench, record)).containsExactly(null, null, RejectReason.MODEL_FAILED, null, RejectReason.NONFINITE_OUTPUT);
      assertThat(List.of(1, 2, 3)).extracting(row -> bench.answer(0, row)[0]).containsExactly(1f, 1.5f, 2f);
      assertThat(bench.answer(0, 8)).as("of 4 and 8").containsExactly(6);
      assertThat(bench.remembered("b", SUM)).containsExactly(6);
    }
  }

  @Test
  void shouldRememberOverBatches() {
    try (RecurrentBench bench = bench(ModelOptions.DEFAULT)) {
      for (int turn = 0; turn < 3; turn++) {
        bench.clear();
        record(bench, "b" + turn, 7);
        record(bench, "a", turn);
        record(bench, "a", 100);
        bench.run();
      }

      assertThat(bench.remembered("a", SUM)).containsExactly(3);
      assertThat(bench.remembered("a", COUNT)).containsExactly(3);
    }
  }
}
