package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.SampleModels;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What it costs that rows of one key wait for each other: a GRU with 64 hidden units over batches of 1000 rows of many keys and of few, beside the same model that is given its state. */
class RecurrentCostProof {
  private static final int ROWS = 1000;
  private static final int FEATURES = 8;
  private static final long NANOS = 1_000_000_000L;

  @Test
  void shouldCostLittleMoreThanAModelWithoutStateWhenKeysAreMany() {
    OnnxModel gru = SampleModels.gru(FEATURES, 64, 7);
    double stateless = stateless(gru);
    System.out.printf("GRU 64, batches of %d rows, one core:%n  given its state   %6.2f us a row, %,9.0f rows/s%n", ROWS, stateless, 1e6 / stateless);
    double many = 0;
    for (int keys : new int[] {ROWS, 500, 100, 20, 5, 1}) {
      double micros = recurrent(gru, keys);
      many = keys == ROWS ? micros : many;
      System.out.printf("  %4d keys          %6.2f us a row, %,9.0f rows/s%n", keys, micros, 1e6 / micros);
    }
    assertThat(many).isLessThan(3 * stateless);
  }

  private static double stateless(OnnxModel gru) {
    try (Bench bench = Bench.of(gru)) {
      bench.record(ROWS);
      Random random = new Random(1);
      for (int i = 0; i < ROWS * FEATURES; i++) {
        bench.in(0).floats().put(i, (float) random.nextGaussian());
      }
      return micros(bench::run);
    }
  }

  private static double recurrent(OnnxModel gru, int keys) {
    try (RecurrentBench bench = new RecurrentBench(gru, ModelOptions.DEFAULT, Map.of("h_in", "h_out"))) {
      Random random = new Random(1);
      for (int row = 0; row < ROWS; row++) {
        float[] x = new float[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
          x[i] = (float) random.nextGaussian();
        }
        bench.record("k" + row % keys, x);
      }
      bench.run();
      return micros(bench::runStep);
    }
  }

  /** The least time of a row of seven turns of a seventh of a second. */
  private static double micros(Runnable batch) {
    double least = Double.MAX_VALUE;
    for (int turn = 0; turn < 7; turn++) {
      long start = System.nanoTime();
      long rows = 0;
      while (System.nanoTime() - start < NANOS / 7) {
        batch.run();
        rows += ROWS;
      }
      least = Math.min(least, (System.nanoTime() - start) / 1e3 / rows);
    }
    return least;
  }
}
