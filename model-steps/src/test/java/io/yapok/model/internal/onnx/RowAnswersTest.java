package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.internal.onnx.Batching.Effect;
import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row i's answer belongs to row i, and is the answer that row gets alone, whatever else is in the batch. */
class RowAnswersTest {
  private static final ModelOptions THREE = new ModelOptions(3, false, false);
  private static final ModelOptions DETERMINISTIC = new ModelOptions(0, true, false);

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("lr64", SampleModels.lr64(), ModelOptions.DEFAULT),
        Arguments.of("64-256-256-1", SampleModels.mlp64(), ModelOptions.DEFAULT),
        Arguments.of("7-5-3", SampleModels.mlp(7, 7, 5, 3), ModelOptions.DEFAULT),
        Arguments.of("one row a run", SampleModels.fixedBatch(1, 9, 4), ModelOptions.DEFAULT),
        Arguments.of("three rows a run", SampleModels.fixedBatch(3, 9, 4), THREE),
        Arguments.of("three rows declared", SampleModels.logisticRegression(9, 4), THREE),
        Arguments.of("two inputs", SampleModels.twoInTwoOut(5), ModelOptions.DEFAULT),
        Arguments.of("softmax over rows", AwkwardModels.softmaxAcrossRows(4), ModelOptions.DEFAULT),
        Arguments.of("dynamic quantisation", AwkwardModels.dynamicallyQuantized(16, 3), ModelOptions.DEFAULT),
        Arguments.of("mean of rows", AwkwardModels.meanOfRows(4), ModelOptions.DEFAULT),
        Arguments.of("maps", SampleModels.zipMapClassifier(), DETERMINISTIC));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void shouldAnswerAsAloneWhateverTheBatch(String name, OnnxModel model, ModelOptions options) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Bench bench = Bench.of(model, options);
        Bench alone = Bench.of(model, options)) {
      for (int turn = 0; turn < 25; turn++) {
        fill(bench, random, turn % 5 == 0 ? 300 : 20);
        bench.run();
        for (int record = 0; record < bench.batch.records(); record++) {
          if (!bench.batch.isRejected(record)) {
            for (int row = bench.batch.rowStart(record); row < bench.batch.rowEnd(record); row++) {
              copyRow(bench, row, alone);
              alone.run();
              assertThat(answers(bench, row)).as("%s, turn %d, row %d of %d, seed %d", name, turn, row, bench.batch.rows(), seed).isEqualTo(answers(alone, 0));
            }
          }
        }
      }
    }
  }

  /** Records of no, one or many rows, a tenth of them rejected before the model and then filled with what would spoil a batch. */
  private static void fill(Bench bench, Random random, int records) {
    bench.batch.clear();
    int count = 1 + random.nextInt(records);
    for (int record = 0; record < count; record++) {
      int rows = random.nextInt(8) == 0 ? random.nextInt(6) : 1;
      int first = bench.record(rows);
      boolean rejected = random.nextInt(10) == 0;
      for (int i = 0; i < bench.model.inputs().size(); i++) {
        int width = bench.model.inputs().get(i).shape().elements();
        for (int at = first * width; at < (first + rows) * width; at++) {
          bench.in(i).floats().put(at, rejected ? Float.NaN : (float) (random.nextGaussian() * (1 << random.nextInt(6))));
        }
      }
      if (rejected) {
        bench.rejectEarly(record);
      }
    }
  }

  private static void copyRow(Bench from, int row, Bench to) {
    to.batch.clear();
    to.record(1);
    for (int i = 0; i < from.model.inputs().size(); i++) {
      int bytes = from.in(i).spec().bytesPerRow();
      to.in(i).bytes().put(0, from.in(i).bytes(), row * bytes, bytes);
    }
  }

  private static List<String> answers(Bench bench, int row) {
    return Stream.iterate(0, output -> output < bench.model.outputs().size(), output -> output + 1).map(output -> bench.shown(output, row)).toList();
  }

  @Test
  void shouldRunRowsTogetherWhenThatChangesNothing() {
    try (Bench bench = Bench.of(SampleModels.lr64())) {
      assertThat(bench.model.batching().rowsPerRun()).isEqualTo(128);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldSayWhatBatchMatesDo(String name, OnnxModel model, ModelOptions options) {
    try (Bench bench = Bench.of(model, options)) {
      List<Effect> expected =
          switch (name) {
            case "softmax over rows", "dynamic quantisation" -> List.of(Effect.CHANGES_ANSWERS);
            case "mean of rows", "one row a run" -> List.of(Effect.UNKNOWN);
            case "maps" -> List.of(Effect.NONE, Effect.ROUNDING); // as the processor's vector units have it
            default -> List.of(Effect.NONE);
          };
      Effect effect = bench.model.batching().effect();
      assertThat(effect).isIn(expected);
      assertThat(bench.model.batching().isRowByRow()).isEqualTo(effect != Effect.NONE);
      assertThat(bench.model.batching().reason()).isNotBlank();
    }
  }

  @Test
  void shouldFindEffectsOfBatchMatesWhenInputsAreWholeNumbers() {
    Initializer weights = Initializer.bytes("weights", ElementType.INT8, List.of(6L, 1L), (byte) 3, (byte) -100, (byte) 7, (byte) 50, (byte) 9, (byte) 77);
    OnnxModel model =
        Graph.named("quantised-integers")
            .input("x", OnnxType.tensor(ElementType.INT64, Dim.rows(), Dim.of(6)))
            .initializer(weights)
            .node(Node.of("Cast").in("x").out("real").with("to", ElementType.FLOAT.code()))
            .node(Node.of("DynamicQuantizeLinear").in("real").out("quantized", "scale", "zero"))
            .node(Node.of("MatMulInteger").in("quantized", "weights", "zero").out("product"))
            .node(Node.of("Cast").in("product").out("back").with("to", ElementType.FLOAT.code()))
            .node(Node.of("Mul").in("back", "scale").out("y"))
            .output("y", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      assertThat(bench.model.batching().effect()).isEqualTo(Effect.CHANGES_ANSWERS);
    }
  }

  @Test
  void shouldKeepRowsApartWhenAnOutputHasAsManyRowsAsItsValuesSay() {
    // NonZero answers [rank, n] transposed to [n, rank]: for some batches n happens to be the number of rows
    OnnxModel model =
        Graph.named("non-zero")
            .input("x", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
            .node(Node.of("NonZero").in("x").out("places"))
            .node(Node.of("Transpose").in("places").out("y").with(Attribute.ints("perm", 1, 0)))
            .output("y", OnnxType.tensor(ElementType.INT64, Dim.unknown(), Dim.of(2)))
            .toModel();
    try (Bench bench = Bench.of(model)) {
      assertThat(bench.model.batching().isRowByRow()).isTrue();
    }
  }
}
