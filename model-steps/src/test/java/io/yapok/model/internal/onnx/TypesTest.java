package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.Column;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every type and form that the runtime takes and gives. */
class TypesTest {
  @ParameterizedTest
  @EnumSource(value = ElementType.class, names = {"UINT16", "UINT32", "UINT64", "STRING"}, mode = EnumSource.Mode.EXCLUDE)
  void shouldPassNumbersOfEachTypeUnchanged(ElementType type) {
    Random random = new Random(5);
    try (Bench bench = Bench.of(SampleModels.identity(type, 3), new ModelOptions(0, false, true))) {
      int bytes = bench.record(150) + 150 * bench.in(0).spec().bytesPerRow();
      for (int i = 0; i < bytes; i++) {
        bench.in(0).bytes().put(i, (byte) (type == ElementType.BOOL ? random.nextInt(2) : random.nextInt(256)));
      }

      bench.run();

      assertThat(bench.model.batching().isRowByRow()).isFalse();
      assertThat(bench.out(0).bytes().slice(0, bytes)).isEqualTo(bench.in(0).bytes().slice(0, bytes));
    }
  }

  @Test
  void shouldAnswerTextWithText() {
    try (Bench bench = Bench.of(SampleModels.identity(ElementType.STRING, 2))) {
      for (int turn = 0; turn < 3; turn++) {
        bench.batch.clear();
        for (int record = 0; record < 200; record++) {
          int row = bench.record(1);
          bench.in(0).appendText("left " + row);
          bench.in(0).appendText(row % 3 == 0 ? "" : "schön \uD83D\uDE80 " + row);
        }
        bench.rejectEarly(7);

        bench.run();

        assertThat(bench.out(0).text(2 * 199)).isEqualTo("left 199");
        assertThat(bench.out(0).text(2 * 199 + 1)).isEqualTo("schön \uD83D\uDE80 199");
        assertThat(bench.out(0).text(2 * 6 + 1)).isEmpty();
      }
    }
  }

  @Test
  void shouldLookUpWords() {
    try (Bench bench = Bench.of(SampleModels.wordPlace("red", "green"))) {
      for (String word : List.of("green", "blue", "red")) {
        bench.record(1);
        bench.in(0).appendText(word);
      }

      bench.run();

      assertThat(new long[] {bench.out(0).longs().get(0), bench.out(0).longs().get(1), bench.out(0).longs().get(2)}).containsExactly(1, -1, 0);
    }
  }

  @Test
  void shouldShowProbabilitiesByLabel() {
    try (Bench bench = Bench.of(SampleModels.zipMapClassifier())) {
      bench.record(4);
      for (int i = 0; i < 16; i++) {
        bench.in(0).floats().put(i, i);
      }

      bench.run();

      assertThat(bench.model.outputs().get(1).labels()).containsExactly("setosa", "versicolor", "virginica");
      for (int row = 0; row < 4; row++) {
        float sum = 0;
        int best = 0;
        for (int label = 0; label < 3; label++) {
          float share = bench.out(1).floats().get(row * 3 + label);
          sum += share;
          best = share > bench.out(1).floats().get(row * 3 + best) ? label : best;
        }
        assertThat(sum).isBetween(0.999f, 1.001f);
        assertThat(bench.out(0).text(row)).isEqualTo(bench.model.outputs().get(1).labels().get(best));
      }
    }
  }

  @Test
  void shouldTakeRowsOfDifferentLengths() {
    OnnxModel model =
        Graph.named("sum-and-double")
            .input("x", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.named("length")))
            .initializer(Initializer.floats("two", List.of(), 2))
            .initializer(Initializer.int64s("axis", List.of(1L), 1))
            .node(Node.of("ReduceSum").in("x", "axis").out("sum"))
            .node(Node.of("Mul").in("x", "two").out("doubled"))
            .output("sum", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
            .output("doubled", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.named("length")))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      for (int turn = 0; turn < 3; turn++) {
        bench.batch.clear();
        for (int length = 1; length <= 40; length++) {
          bench.record(1);
          Column in = bench.in(0);
          in.reserveElements(in.start(length - 1) + (long) length);
          for (int i = 0; i < length; i++) {
            in.floats().put(in.start(length - 1) + i, turn + length);
          }
          in.endRow(length, length);
        }
        bench.rejectEarly(4);

        bench.run();

        for (int row = 0; row < 40; row++) {
          if (row != 4) {
            assertThat(bench.out(0).floats().get(row)).isEqualTo((turn + row + 1) * (row + 1f));
            assertThat(bench.out(1).count(row)).isEqualTo(row + 1);
            assertThat(bench.out(1).floats().get(bench.out(1).start(row) + row)).isEqualTo(2f * (turn + row + 1));
          }
        }
      }
    }
  }

  @Test
  void shouldShowASequenceOfTensorsAsOneTensor() {
    OnnxType pair = OnnxType.tensor(ElementType.INT64, Dim.of(1), Dim.of(2));
    OnnxModel model =
        Graph.named("sequence")
            .input("a", pair)
            .input("b", pair)
            .node(Node.of("SequenceConstruct").in("a", "b").out("both"))
            .output("both", OnnxType.sequence(OnnxType.tensor(ElementType.INT64)))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      bench.record(3);
      for (int i = 0; i < 6; i++) {
        bench.in(0).longs().put(i, Long.MAX_VALUE - i);
        bench.in(1).longs().put(i, -i);
      }

      bench.run();

      assertThat(bench.batch.rejected()).isZero();
      Column both = bench.out(0);
      assertThat(both.dim(2, 0)).isEqualTo(2);
      assertThat(both.longs().get(both.start(2))).isEqualTo(Long.MAX_VALUE - 4);
      assertThat(both.longs().get(both.start(2) + 3)).isEqualTo(-5);
    }
  }

  @Test
  void shouldShowThreeMapsAsARowEachOrAsOneAnswerAsTheDocumentSays() {
    OnnxModel model =
        Graph.named("three-maps")
            .input("x", OnnxType.tensor(ElementType.FLOAT, Dim.of(3), Dim.of(2)))
            .node(Node.ml("ZipMap").in("x").out("maps").with(Attribute.strings("classlabels_strings", "a", "b")))
            .output("maps", OnnxType.sequence(OnnxType.map(ElementType.STRING, OnnxType.tensor(ElementType.FLOAT))))
            .toModel();
    try (Bench rows = Bench.of(model, new ModelOptions(3, false, false));
        Bench whole = Bench.of(model)) {
      rows.record(5);
      whole.record(2);
      for (int i = 0; i < 10; i++) {
        rows.in(0).floats().put(i, i);
        whole.in(0).floats().put(i, i);
      }

      rows.run();
      whole.run();

      assertThat(rows.model.outputs().getFirst().labels()).containsExactly("a", "b");
      assertThat(rows.out(0).floats().get(9)).isEqualTo(9);
      assertThat(whole.model.outputs().getFirst().shape().toString()).isEqualTo("[3, 2]");
      assertThat(whole.out(0).floats().get(9)).isEqualTo(9);
      assertThat(whole.batch.rejected()).isZero();
    }
  }

  @Test
  void shouldNotAskForInputsThatHaveAValueInTheFile() {
    OnnxModel model =
        Graph.named("defaulted")
            .input("x", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2)))
            .input("shift", OnnxType.tensor(ElementType.FLOAT, Dim.of(2)))
            .initializer(Initializer.floats("shift", List.of(2L), 10, 20))
            .node(Node.of("Add").in("x", "shift").out("y"))
            .output("y", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2)))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      bench.record(2);
      bench.in(0).floats().put(2, 1).put(3, 2);

      bench.run();

      assertThat(bench.model.inputs()).hasSize(1);
      assertThat(bench.out(0).floats().get(3)).isEqualTo(22);
    }
  }

  @Test
  void shouldTakeAnImageWhoseSizeIsOpen() {
    OnnxModel model =
        Graph.named("convolution")
            .input("image", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1), Dim.named("height"), Dim.named("width")))
            .initializer(Initializer.floats("kernel", List.of(1L, 1L, 7L, 7L), new float[49]))
            .node(Node.of("Conv").in("image", "kernel").out("y").with(Attribute.ints("kernel_shape", 7, 7)))
            .output("y", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1), Dim.named("h"), Dim.named("w")))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      bench.record(1);
      bench.in(0).reserveElements(10 * 9);
      bench.in(0).endRow(90, 1, 10, 9);

      bench.run();

      assertThat(bench.batch.rejected()).isZero();
      assertThat(bench.out(0).dim(0, 1)).isEqualTo(4);
      assertThat(bench.out(0).dim(0, 2)).isEqualTo(3);
    }
  }
}
