package io.yapok.state.internal.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.state.internal.part.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopAccumulatorTest {
  private static final int SHOWN = 4;

  @Test
  void shouldShowAFloatAsItsOwnShortestText() {
    var batch = batch(ElementType.FLOAT32, 4);
    batch.column(0).floats().put(new float[] {0.1f, 0.1f, 16777.217f, -3f});

    assertThat(top(batch, ElementType.FLOAT32, 4)).containsExactly("0.1", "-3", "16777.217", "");
  }

  @Test
  void shouldShowAHalfAsTheShortestTextOfTheFloatThatItIs() {
    var batch = batch(ElementType.FLOAT16, 2);
    batch.column(0).shorts().put(new short[] {Float.floatToFloat16(0.1f), Float.floatToFloat16(2f)});

    assertThat(top(batch, ElementType.FLOAT16, 2)).containsExactly("0.099975586", "2", "", "");
  }

  @Test
  void shouldShowADoubleAsItsOwnShortestText() {
    var batch = batch(ElementType.FLOAT64, 3);
    batch.column(0).doubles().put(new double[] {0.1f, 0.1, -0.0});

    assertThat(top(batch, ElementType.FLOAT64, 3)).containsExactly("0", "0.1", "0.10000000149011612", "");
  }

  @Test
  void shouldTellApartWholeNumbersThatNoDoubleTellsApart() {
    var batch = batch(ElementType.INT64, 3);
    batch.column(0).longs().put(new long[] {9_007_199_254_740_993L, 9_007_199_254_740_992L, 9_007_199_254_740_993L});

    assertThat(top(batch, ElementType.INT64, 3)).containsExactly("9007199254740993", "9007199254740992", "", "");
  }

  private static Batch batch(ElementType type, int rows) {
    var layout = new Layout(List.of(new ColumnSpec("x", type, RowShape.SCALAR), new ColumnSpec("top", ElementType.TEXT, RowShape.of(SHOWN))));
    var batch = new Batch(layout, 1 << 10);
    batch.addRecord(null, new byte[0], 0, 0, 0, null);
    batch.reserveRows(rows);
    return batch;
  }

  private static List<String> top(Batch batch, ElementType type, int rows) {
    var top = new TopAccumulator(Numbers.of(type), SHOWN);
    for (int row = 0; row < rows; row++) {
      top.add(batch.column(0), row);
    }
    top.show(batch.column(1), 0);
    return IntStream.range(0, SHOWN).mapToObj(place -> batch.column(1).text(place)).toList();
  }
}
