package io.yapok.state.internal.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.state.internal.part.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctAccumulatorTest {
  private static final int ROWS = 20;

  @Test
  void shouldTellApartWholeNumbersThatNoDoubleTellsApart() {
    assertThat(distinctFrom(1L << 60)).isEqualTo(ROWS);
  }

  @Test
  void shouldCountWholeNumbersOnceThatComeAgain() {
    assertThat(distinctFrom(0)).isEqualTo(ROWS);
  }

  /** The estimate after so many numbers that follow each other, all of which come twice. */
  private static double distinctFrom(long first) {
    var layout = new Layout(List.of(new ColumnSpec("n", ElementType.INT64, RowShape.SCALAR), new ColumnSpec("distinct", ElementType.FLOAT64, RowShape.SCALAR)));
    var batch = new Batch(layout, 1 << 10);
    batch.addRecord(null, new byte[0], 0, 0, 0, null);
    batch.reserveRows(ROWS);
    var distinct = new DistinctAccumulator(Numbers.of(ElementType.INT64));
    for (int row = 0; row < ROWS; row++) {
      batch.column(0).longs().put(row, first + row);
      distinct.add(batch.column(0), row);
      distinct.add(batch.column(0), row);
    }
    distinct.show(batch.column(1), 0);
    return batch.column(1).doubles().get(0);
  }
}
