package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import io.yapok.model.internal.onnx.Batching.Effect;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A key's rows get the answers that its whole sequence gets from the model alone, however rows of all keys arrive. */
class RecurrentAnswersTest {
  private static final int FEATURES = 8;
  private static final int HIDDEN = 64;
  private static final Map<String, String> STATE = Map.of("h_in", "h_out");

  /** One key's sequence and what it was answered. */
  private record Sequence(List<float[]> rows, List<Float> scores) {}

  @Test
  void shouldAnswerAsTheWholeSequenceAloneWhateverTheBatches() throws OrtException {
    long seed = new Random().nextLong();
    OnnxModel gru = SampleModels.gru(FEATURES, HIDDEN, 7);
    Map<String, Sequence> sequences = new LinkedHashMap<>();
    try (RecurrentBench bench = new RecurrentBench(gru, ModelOptions.DEFAULT, STATE)) {
      assertThat(bench.model.batching().isRowByRow()).isFalse();
      Random random = new Random(seed);
      for (int left = 6000; left > 0; ) {
        int records = 1 + random.nextInt(400);
        left -= records;
        runRandomBatch(bench, random, records, sequences);
      }
      assertThat(sequences).hasSizeGreaterThan(450);
      assertAsAlone(gru, bench.model.batching().effect(), sequences, seed);
    }
    assertAsOneSequence(sequences, seed);
  }

  /** Records of one row or more of 500 keys, some of them seen far more often than others; a tenth is rejected before the model. */
  private static void runRandomBatch(RecurrentBench bench, Random random, int records, Map<String, Sequence> sequences) {
    bench.clear();
    for (int i = 0; i < records; i++) {
      float[][] rows = new float[random.nextInt(10) == 0 ? random.nextInt(5) : 1][FEATURES];
      boolean rejected = random.nextInt(10) == 0;
      for (float[] row : rows) {
        for (int at = 0; at < FEATURES; at++) {
          row[at] = rejected ? Float.NaN : (float) random.nextGaussian();
        }
      }
      int record = bench.record("k" + random.nextInt(random.nextInt(3) == 0 ? 5 : 500), rows);
      if (rejected) {
        bench.rejectEarly(record);
      }
    }
    bench.run();
    for (int record = 0; record < bench.batch.records(); record++) {
      if (!bench.batch.isRejected(record)) {
        Sequence sequence = sequences.computeIfAbsent(bench.key(record), _ -> new Sequence(new ArrayList<>(), new ArrayList<>()));
        for (int row = bench.batch.rowStart(record); row < bench.batch.rowEnd(record); row++) {
          float[] input = new float[FEATURES];
          bench.batch.column(0).floats().get(row * FEATURES, input);
          sequence.rows().add(input);
          sequence.scores().add(bench.answer(output(bench.model, "score"), row)[0]);
        }
      }
    }
  }

  private static int output(io.yapok.model.internal.onnx.OnnxModel model, String name) {
    return model.outputs().stream().map(OutputSpec::name).toList().indexOf(name);
  }

  /** Row after row, each a batch of its own, its state handed on by hand. */
  private static void assertAsAlone(OnnxModel gru, Effect effect, Map<String, Sequence> sequences, long seed) {
    try (Bench alone = Bench.of(gru)) {
      int score = output(alone.model, "score");
      int next = output(alone.model, "h_out");
      sequences.forEach((key, sequence) -> {
        float[] hidden = new float[HIDDEN];
        for (int step = 0; step < sequence.rows().size(); step++) {
          alone.batch.clear();
          alone.record(1);
          alone.in(0).floats().put(0, sequence.rows().get(step));
          alone.in(1).floats().put(0, hidden);
          alone.run();
          alone.out(next).floats().get(0, hidden);
          float expected = alone.out(score).floats().get(0);
          if (effect == Effect.NONE) {
            assertThat(sequence.scores().get(step)).as("%s, step %d, seed %d", key, step, seed).isEqualTo(expected);
          } else { // as the processor's vector units have it
            assertThat(sequence.scores().get(step)).as("%s, step %d, seed %d", key, step, seed).isCloseTo(expected, within(1e-5f));
          }
        }
      });
    }
  }

  /** ONNX Runtime's own GRU over all steps in one run. */
  private static void assertAsOneSequence(Map<String, Sequence> sequences, long seed) throws OrtException {
    try (OrtSession session = OrtRuntime.open(SampleModels.gruOverSequences(Dim.named("T"), FEATURES, HIDDEN, 7).toBytes())) {
      for (Map.Entry<String, Sequence> entry : sequences.entrySet()) {
        List<float[]> rows = entry.getValue().rows();
        FloatBuffer flat = FloatBuffer.allocate(rows.size() * FEATURES);
        rows.forEach(flat::put);
        if (rows.isEmpty()) {
          continue;
        }
        try (OnnxTensor x = OnnxTensor.createTensor(OrtRuntime.environment(), flat.flip(), new long[] {1, rows.size(), FEATURES});
            OrtSession.Result result = session.run(Map.of("x", x))) {
          float[][] scores = (float[][]) result.get(0).getValue();
          for (int step = 0; step < scores[0].length; step++) {
            assertThat(entry.getValue().scores().get(step)).as("%s, step %d, seed %d", entry.getKey(), step, seed).isCloseTo(scores[0][step], within(1e-5f));
          }
        }
      }
    }
  }

  @Test
  void shouldFillUpRunsOfAFixedNumberOfRows() {
    OnnxModel sum = sum(Dim.of(3));
    try (RecurrentBench bench = new RecurrentBench(sum, new ModelOptions(3, false, false), Map.of("in", "out"))) {
      for (String key : List.of("a", "b", "a", "c", "d", "a")) {
        bench.record(key, new float[] {1});
      }
      bench.run();

      assertThat(bench.model.batching().fixedRunSize()).isEqualTo(3);
      assertThat(List.of(0, 1, 2, 3, 4, 5)).extracting(row -> bench.answer(0, row)[0]).containsExactly(1f, 1f, 2f, 1f, 1f, 3f);
    }
  }

  @Test
  void shouldRunRowByRowWhenRowsChangeEachOthersAnswers() {
    OnnxModel model =
        Graph.named("softmax-of-state")
            .input("x", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2)))
            .input("in", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2)))
            .node(Node.of("Softmax").in("x").out("share").with("axis", 0))
            .node(Node.of("Add").in("share", "in").out("out"))
            .output("out", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2)))
            .toModel();
    try (RecurrentBench bench = new RecurrentBench(model, ModelOptions.DEFAULT, Map.of("in", "out"))) {
      for (String key : List.of("a", "b", "a")) {
        bench.record(key, new float[] {3, -5});
      }
      bench.run();

      assertThat(bench.model.batching().isRowByRow()).isTrue();
      assertThat(List.of(0, 1, 2)).extracting(row -> bench.answer(0, row)).containsExactly(new float[] {1, 1}, new float[] {1, 1}, new float[] {2, 2});
    }
  }

  @Test
  void shouldNotRunWhenNothingWasRecalled() {
    try (RecurrentBench bench = new RecurrentBench(sum(Dim.rows()), ModelOptions.DEFAULT, Map.of("in", "out"));
        Bench other = Bench.over(bench.model)) {
      other.record(1);
      assertThatThrownBy(() -> bench.model.recurrentStep("model", new int[] {0, 1}, new int[] {2}, new int[] {-1, 0}).bind(other.batch).run())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no lane");
    }
  }

  @Test
  void shouldAllocateNothingPerRow() {
    try (RecurrentBench bench = new RecurrentBench(SampleModels.gru(FEATURES, HIDDEN, 7), ModelOptions.DEFAULT, STATE)) {
      int rowsPerRun = bench.model.batching().rowsPerRun();
      long one = allocated(bench, 1);
      long full = allocated(bench, rowsPerRun);

      assertThat(full - one).as("bytes more for a run of %d rows than for one of 1", rowsPerRun).isLessThan(rowsPerRun);
    }
  }

  /** Bytes that a run of so many keys' rows allocates, the least of some. */
  private static long allocated(RecurrentBench bench, int rows) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    bench.clear();
    for (int i = 0; i < rows; i++) {
      bench.record("k" + i, new float[FEATURES]);
    }
    bench.run();
    long least = Long.MAX_VALUE;
    for (int turn = 0; turn < 20; turn++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      bench.runStep();
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  /** {@code out = in + x}. */
  private static OnnxModel sum(Dim rows) {
    OnnxType one = OnnxType.tensor(ElementType.FLOAT, rows, Dim.of(1));
    return Graph.named("sum").input("x", one).input("in", one).node(Node.of("Add").in("x", "in").out("out")).output("out", one).toModel();
  }
}
