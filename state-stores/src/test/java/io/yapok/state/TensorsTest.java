package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.StateSpec;
import io.yapok.schemas.StateTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a recurrent model leaves for a key's next row. */
class TensorsTest {
  private static final Features COUNT = Features.of("{features: {seen: count}, ttl: 10s}");
  private static final int TENSOR = COUNT.layout().columns().size();
  private static final int WIDTH = 2;
  private static final Layout LAYOUT = layout();

  private final StateTable table = StateTable.inMemory();
  private KeyState state = new KeyState(table);
  private StateSpec spec = by("model 1");
  private final Batch batch = new Batch(LAYOUT, 1 << 20);

  private static Layout layout() {
    List<ColumnSpec> columns = new ArrayList<>(COUNT.layout().columns());
    columns.add(new ColumnSpec("m:h_in", ElementType.FLOAT32, RowShape.of(WIDTH)));
    return new Layout(columns);
  }

  private static StateSpec by(String model) {
    return COUNT.spec().with(List.of(new StateTensor("m_h_in", TENSOR, RowShape.of(WIDTH), model)));
  }

  @BeforeEach
  void start() {
    state.begin();
  }

  private void record(String key, long timestamp) {
    add(key, new byte[0], timestamp, 1);
  }

  private void add(String key, byte @Nullable [] value, long timestamp, int rows) {
    batch.addRecord(key.getBytes(StandardCharsets.UTF_8), value, timestamp, 0, 0, null);
    batch.endRecord(rows);
  }

  /** Recalls the batch. */
  private void recall() {
    state.recall(batch, spec);
  }

  private float[] lane(int record) {
    float[] tensor = new float[WIDTH];
    batch.column(TENSOR).floats().get(batch.lane(record) * WIDTH, tensor);
    return tensor;
  }

  /** What a model would leave for the key of a record. */
  private void leave(int record, float... tensor) {
    batch.column(TENSOR).floats().put(batch.lane(record) * WIDTH, tensor);
  }

  /** After the steps of a run of one batch. */
  private void finish() {
    state.remember(batch);
    state.write();
    batch.clear();
    state.begin();
  }

  @Test
  void shouldGiveEachKeyALaneAndZerosAtFirst() {
    record("a", 0);
    record("b", 0);
    record("a", 1);
    record("c", 1);
    recall();

    assertThat(List.of(0, 1, 2, 3)).extracting(batch::lane).containsExactly(0, 1, 0, 2);
    assertThat(batch.lanes()).isEqualTo(3);
    assertThat(lane(3)).containsExactly(0, 0);
  }

  @Test
  void shouldRecallWhatWasLeftInAnotherBatchOfTheRunAndInAnotherRun() {
    record("a", 0);
    record("b", 0);
    recall();
    leave(0, 1, 2);
    leave(1, 3, 4);
    state.remember(batch);
    batch.clear();
    record("b", 1);
    recall();
    assertThat(lane(0)).containsExactly(3, 4);
    leave(0, 5, 6);
    finish();
    state = new KeyState(table);

    record("c", 2);
    record("b", 2);
    record("a", 2);
    recall();
    assertThat(lane(0)).containsExactly(0, 0);
    assertThat(lane(1)).containsExactly(5, 6);
    assertThat(lane(2)).containsExactly(1, 2);
  }

  @Test
  void shouldForgetWhatARunThatFailedHadLeft() {
    record("a", 0);
    recall();
    leave(0, 1, 2);
    finish();
    record("a", 1);
    recall();
    leave(0, 8, 9);
    state.remember(batch);
    batch.clear();
    state.begin();

    record("a", 1);
    recall();
    assertThat(lane(0)).containsExactly(1, 2);
  }

  @Test
  void shouldGiveAKeyThatStartsAnewWithinABatchALaneOfItsOwn() {
    record("a", 0);
    add("a", null, 1, 0);
    record("a", 2);
    record("b", 3);
    record("b", 13_004);
    recall();

    assertThat(List.of(0, 2, 3, 4)).extracting(batch::lane).containsExactly(0, 1, 2, 3);
    assertThat(batch.lane(1)).isEqualTo(Batch.NO_LANE);
    leave(0, 1, 1);
    leave(2, 2, 2);
    leave(3, 3, 3);
    leave(4, 4, 4);
    finish();
    record("a", 13_000);
    record("b", 13_000);
    recall();
    assertThat(lane(0)).as("its time to live is over").containsExactly(0, 0);
    assertThat(lane(1)).containsExactly(4, 4);
  }

  @Test
  void shouldForgetAKeyWhoseLastRecordIsATombstone() {
    record("a", 0);
    add("a", null, 1, 0);
    recall();
    leave(0, 1, 1);
    finish();

    assertThat(table.get("a".getBytes(StandardCharsets.UTF_8))).isNull();
  }

  @Test
  void shouldStartFromZerosWithAnotherModelAndKeepTheFeatures() {
    record("a", 0);
    recall();
    leave(0, 1, 2);
    finish();
    state = new KeyState(table);
    spec = by("model 2");

    record("a", 1);
    recall();
    assertThat(lane(0)).containsExactly(0, 0);
    assertThat(batch.column(COUNT.layout().slot("seen")).longs().get(0)).isEqualTo(1);
  }

  @Test
  void shouldStoreLittleEndianNumbersOfWhatAModelHasLeftAlone() {
    record("a", 0);
    recall();
    leave(0, 1, -2);
    finish();
    leaveNothing("b");

    byte[] left = table.get("a".getBytes(StandardCharsets.UTF_8));
    byte[] numbers = ByteBuffer.allocate(WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(-2).array();
    assertThat(Arrays.copyOfRange(left, left.length - numbers.length, left.length)).isEqualTo(numbers);
    assertThat(table.get("b".getBytes(StandardCharsets.UTF_8))).hasSize(left.length - numbers.length);
  }

  /** A run whose steps are not asked what they left, as where there are none. */
  private void leaveNothing(String key) {
    record(key, 0);
    recall();
    state.write();
    batch.clear();
  }
}
