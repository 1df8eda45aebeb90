package io.yapok.model.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.BoundStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The order of a record's rows. */
class RankStepTest {
  private static final Layout LAYOUT = new Layout(List.of(
      new ColumnSpec("out.score", ElementType.FLOAT32, RowShape.SCALAR),
      new ColumnSpec("out.points", ElementType.INT64, RowShape.SCALAR),
      new ColumnSpec("rank:order", ElementType.INT32, RowShape.SCALAR)));

  @Test
  void shouldKeepTheBestFirstWhenRecordsHoldManyRows() {
    Batch batch = batch(new float[] {0.1f, 0.9f, 0.5f, 0.9f}, new float[] {}, new float[] {2f}, new float[] {Float.NaN, -1f, Float.POSITIVE_INFINITY});

    rank(batch, 0, 3, true);

    assertThat(order(batch, 0)).containsExactly(1, 3, 2);
    assertThat(order(batch, 1)).isEmpty();
    assertThat(order(batch, 2)).containsExactly(4);
    assertThat(order(batch, 3)).containsExactly(7, 6, 5);
  }

  @Test
  void shouldPutNanLastWhenTheSmallestComesFirst() {
    Batch batch = batch(new float[] {Float.NaN, 3f, -0f, 0f, -1f});

    rank(batch, 0, Integer.MAX_VALUE, false);

    assertThat(order(batch, 0)).containsExactly(4, 2, 3, 1, 0);
  }

  @Test
  void shouldTellLargeIntegersApartWhenTheyAreEqualAsDoubles() {
    Batch batch = batch(new float[] {0, 0, 0});
    batch.column(1).longs().put(0, (1L << 53) + 1).put(1, Long.MAX_VALUE).put(2, 1L << 53);

    rank(batch, 1, 2, false);

    assertThat(order(batch, 0)).containsExactly(2, 0);
  }

  @Test
  void shouldLeaveOutRecordsThatAreRejected() {
    Batch batch = batch(new float[] {1, 2}, new float[] {1, 2});
    batch.reject(0, new Reject(RejectReason.MODEL_FAILED, "m", "", "no"));

    rank(batch, 0, 1, true);

    assertThat(order(batch, 1)).containsExactly(3);
  }

  @RepeatedTest(20)
  void shouldAgreeWithASortWhenRowsAreRandom() {
    long seed = Long.getLong("seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(700);
    int keep = random.nextInt(1, 800);
    boolean descending = random.nextBoolean();
    float[] scores = new float[rows];
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(-20, 20);
    }
    Batch batch = batch(scores);

    rank(batch, 0, keep, descending);

    Comparator<Integer> byScore = Comparator.comparing(row -> scores[row]);
    List<Integer> expected = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
    expected.sort(Comparator.comparing((Integer row) -> Float.isNaN(scores[row])).thenComparing(descending ? byScore.reversed() : byScore));
    assertThat(order(batch, 0)).as("seed %d", seed).isEqualTo(expected.subList(0, Math.min(keep, rows)));
  }

  private static void rank(Batch batch, int by, int keep, boolean descending) {
    try (BoundStep step = new RankStep("rank", by, keep, descending, 2).bind(batch)) {
      step.run();
    }
  }

  private static Batch batch(float[]... records) {
    Batch batch = new Batch(LAYOUT, 1 << 20);
    for (float[] record : records) {
      batch.addRecord(null, null, 0, 0, 0, null);
      batch.reserveRows(batch.rows() + record.length);
      for (int i = 0; i < record.length; i++) {
        batch.column(0).floats().put(batch.rows() + i, record[i]);
      }
      batch.endRecord(record.length);
    }
    return batch;
  }

  /** As an encoder reads it. */
  private static List<Integer> order(Batch batch, int record) {
    List<Integer> order = new ArrayList<>();
    for (int row = batch.rowStart(record); row < batch.rowEnd(record) && batch.column(2).ints().get(row) >= 0; row++) {
      order.add(batch.column(2).ints().get(row));
    }
    return order;
  }
}
