package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A row that the model fails on, or answers with no number, rejects its own record. */
class FailingRowsTest {
  @Test
  void shouldRejectOnlyRecordsWhoseRowsFail() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (Bench bench = Bench.of(AwkwardModels.failsOutsideTable(50))) {
      assertThat(bench.model.batching().isRowByRow()).isFalse();
      for (int turn = 0; turn < 20; turn++) {
        bench.batch.clear();
        int records = 1 + random.nextInt(400);
        boolean[] bad = new boolean[records];
        for (int record = 0; record < records; record++) {
          int rows = random.nextInt(4);
          int first = bench.record(rows);
          for (int row = first; row < first + rows; row++) {
            boolean outside = random.nextInt(40) == 0;
            bad[record] |= outside;
            bench.in(0).longs().put(row, outside ? 50 + random.nextInt(1000) : random.nextInt(50));
          }
        }

        bench.run();

        for (int record = 0; record < records; record++) {
          assertThat(bench.batch.isRejected(record)).as("record %d, turn %d, seed %d", record, turn, seed).isEqualTo(bad[record]);
          for (int row = bench.batch.rowStart(record); !bad[record] && row < bench.batch.rowEnd(record); row++) {
            assertThat(bench.out(0).floats().get(row)).as("row %d, turn %d, seed %d", row, turn, seed).isEqualTo(bench.in(0).longs().get(row) * 10f);
          }
        }
      }
    }
  }

  @Test
  void shouldSayInOneLineWhatTheModelFailedOn() {
    try (Bench bench = Bench.of(AwkwardModels.failsOutsideTable(5))) {
      bench.record(1);
      bench.in(0).longs().put(0, 77);

      bench.run();

      Reject reject = bench.batch.rejection(0);
      assertThat(reject).isNotNull();
      assertThat(reject.reason()).isEqualTo(RejectReason.MODEL_FAILED);
      assertThat(reject.step()).isEqualTo("model");
      assertThat(reject.message()).contains("77").doesNotContain("\n").hasSizeLessThan(450);
    }
  }

  @Test
  void shouldRejectAnswersThatAreNotFinite() {
    try (Bench bench = Bench.of(AwkwardModels.nonFinite(2))) {
      fillLogarithms(bench);

      bench.run();

      assertThat(bench.batch.isRejected(0)).isFalse();
      assertThat(bench.batch.rejection(1)).isNotNull().satisfies(reject -> assertThat(reject.reason()).isEqualTo(RejectReason.NONFINITE_OUTPUT));
      assertThat(bench.batch.isRejected(2)).isFalse();
      assertThat(bench.batch.rejection(3)).isNotNull().satisfies(reject -> assertThat(reject.message()).contains("log"));
      assertThat(bench.out(0).floats().get(4)).isEqualTo((float) Math.log(3));
    }
  }

  @Test
  void shouldPassAnswersThatAreNotFiniteWhereTheStepAllowsThem() {
    try (Bench bench = Bench.of(AwkwardModels.nonFinite(2), new ModelOptions(0, false, true))) {
      fillLogarithms(bench);

      bench.run();

      assertThat(bench.batch.rejected()).isZero();
      assertThat(bench.out(0).floats().get(2)).isNaN();
      assertThat(bench.out(0).floats().get(6)).isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void shouldFailTheRecordWhenItsSizeInputAsksForMoreThanARowMayHold() {
    try (Bench bench = Bench.of(AwkwardModels.allocates())) {
      bench.record(1);
      bench.in(0).longs().put(0, 5);
      bench.record(1);
      bench.in(0).longs().put(1, (1L << 28) + 1);
      bench.record(1);
      bench.in(0).longs().put(2, 2);

      bench.run();

      assertThat(bench.batch.isRejected(0)).isFalse();
      assertThat(bench.batch.isRejected(1)).isTrue();
      assertThat(bench.batch.isRejected(2)).isFalse();
      assertThat(bench.out(0).count(0)).isEqualTo(5);
      assertThat(bench.out(0).count(2)).isEqualTo(2);
    }
  }

  private static void fillLogarithms(Bench bench) {
    float[][] rows = {{1, 2}, {-1, 1}, {3, 4}, {0, 1}};
    for (float[] row : rows) {
      int first = bench.record(1);
      bench.in(0).floats().put(first * 2, row[0]).put(first * 2 + 1, row[1]);
    }
  }
}
