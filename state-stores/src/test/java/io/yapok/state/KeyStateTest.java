package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.StateSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyStateTest {
  private static final Features FEATURES = Features.of("{features: {seen: count, idle: seconds_since_last}}");
  private static final Layout LAYOUT = FEATURES.layout();
  private static final StateSpec SPEC = FEATURES.spec();
  private static final int SEEN = 3;
  private static final int IDLE = 4;

  private final RecordingTable table = new RecordingTable();
  private final KeyState state = new KeyState(table);
  private final Batch batch = new Batch(LAYOUT, 1 << 20);

  @Test
  void shouldCountRecordsOfAKeyWithinABatchAndBeyondIt() {
    record("a", 1_000, 1);
    record("b", 1_000, 1);
    record("a", 3_500, 2);
    run();
    assertThat(seen(4)).containsExactly(0, 0, 1, 1);
    assertThat(idle(4)).containsExactly(-1, -1, 2.5, 2.5);
    assertThat(table.keys()).containsExactly("a", "b");

    record("b", 61_000, 1);
    record("a", 4_000, 1);
    run();
    assertThat(seen(2)).containsExactly(1, 2);
    assertThat(idle(2)).containsExactly(60, 0.5);
    assertThat(table.keys()).containsExactly("a", "b", "b", "a");
  }

  @Test
  void shouldNotSetTheClockBackForALateRecord() {
    record("a", 10_000, 1);
    record("a", 4_000, 1);
    record("a", 11_000, 1);
    run();
    record("a", 5_000, 1);
    record("a", 12_000, 1);
    run();

    assertThat(seen(2)).containsExactly(3, 4);
    assertThat(idle(2)).containsExactly(0, 1);
  }

  @Test
  void shouldRejectARecordWithoutAKey() {
    record("a", 0, 1);
    record(null, 0, 1);
    record("a", 0, 1);
    state.recall(batch, SPEC);

    Reject reject = batch.rejection(1);
    assertThat(reject).isNotNull();
    assertThat(reject.reason()).isEqualTo(RejectReason.NULL_KEY);
    assertThat(reject.step()).isEqualTo(Reject.STATE);
    assertThat(batch.rejected()).isEqualTo(1);
    assertThat(seen(3)).containsExactly(0, 0, 1);
  }

  @Test
  void shouldCountRecordsThatALaterStepRejectsButNotThoseThatCouldNotBeDecoded() {
    record("a", 0, 1);
    int undecoded = record("a", 0, 0);
    batch.reject(undecoded, new Reject(RejectReason.MALFORMED, Reject.SOURCE, "", ""));
    record("a", 0, 1);
    state.recall(batch, SPEC);
    batch.reject(0, new Reject(RejectReason.MODEL_FAILED, "m", "", ""));
    state.write();
    batch.clear();
    record("a", 0, 1);
    state.recall(batch, SPEC);

    assertThat(seen(1)).containsExactly(2);
  }

  @Test
  void shouldWriteNothingUntilItIsToldAndRecallTheSameAgain() {
    record("a", 0, 1);
    record("a", 1_000, 1);
    state.recall(batch, SPEC);
    state.begin();
    state.recall(batch, SPEC);
    assertThat(table.puts).isEmpty();
    assertThat(seen(2)).containsExactly(0, 1);
    state.write();
    state.write();
    assertThat(table.keys()).containsExactly("a");
  }

  @Test
  void shouldReadEachKeyOnceABatch() {
    for (int i = 0; i < 1000; i++) {
      record("k" + i % 300, i, 1);
    }
    run();

    assertThat(table.gets).isEqualTo(301); // and the schema
    assertThat(table.keys()).hasSize(300);
  }

  @Test
  void shouldFailOnStateOfANewerFormat() {
    table.put("a".getBytes(StandardCharsets.UTF_8), new byte[] {9, 1, 2});
    record("a", 0, 1);

    assertThatThrownBy(() -> state.recall(batch, SPEC)).isInstanceOf(IllegalStateException.class).hasMessageContaining("no known format");
  }

  /** However a poll cuts the records: the same columns, and the same bytes in the table. */
  @Test
  void shouldGiveTheSameAnswersHoweverRecordsAreCutIntoBatches() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Given> records = records(random);
      Outcome oneByOne = outcome(records, new Random(1), 1);
      Outcome cut = outcome(records, random, 1 + random.nextInt(60));
      assertThat(cut.columns).as("seed %d round %d", seed, round).isEqualTo(oneByOne.columns);
      assertThat(cut.table).as("seed %d round %d", seed, round).isEqualTo(oneByOne.table);
    }
  }

  private static List<Given> records(Random random) {
    int distinct = 1 + random.nextInt(random.nextBoolean() ? 5 : 500);
    List<Given> records = new ArrayList<>();
    long time = 1_000_000;
    for (int i = 0; i < 400; i++) {
      time += random.nextInt(5_000) - 500;
      byte[] key = random.nextInt(20) == 0 ? null : new byte[random.nextInt(4)];
      if (key != null) {
        Arrays.fill(key, (byte) random.nextInt(distinct));
      }
      records.add(new Given(key, time, random.nextInt(4), random.nextInt(10) == 0, random.nextInt(10) == 0));
    }
    return records;
  }

  private static Outcome outcome(List<Given> records, Random random, int largest) {
    RecordingTable table = new RecordingTable();
    KeyState state = new KeyState(table);
    Batch batch = new Batch(LAYOUT, 1 << 20);
    List<String> columns = new ArrayList<>();
    int next = 0;
    while (next < records.size()) {
      List<Given> some = records.subList(next, Math.min(records.size(), next + 1 + random.nextInt(largest)));
      next += some.size();
      batch.clear();
      some.forEach(record -> record.addTo(batch));
      state.recall(batch, SPEC);
      for (int i = 0; i < some.size(); i++) {
        for (int row = batch.rowStart(i); row < batch.rowEnd(i); row++) {
          columns.add(batch.isRejected(i) + " " + batch.column(SEEN).longs().get(row) + " " + batch.column(IDLE).doubles().get(row));
        }
        if (some.get(i).failsLater) {
          batch.reject(i, new Reject(RejectReason.MODEL_FAILED, "m", "", ""));
        }
      }
      state.write();
    }
    return new Outcome(columns, table.contents());
  }

  private record Given(byte @Nullable [] key, long timestamp, int rows, boolean undecoded, boolean failsLater) {
    void addTo(Batch batch) {
      int record = batch.addRecord(key, new byte[0], timestamp, 0, 0, null);
      if (undecoded) {
        batch.reject(record, new Reject(RejectReason.MALFORMED, Reject.SOURCE, "", ""));
      } else {
        batch.endRecord(rows);
      }
    }
  }

  private record Outcome(List<String> columns, Map<String, String> table) {}

  private int record(@Nullable String key, long timestamp, int rows) {
    int record = batch.addRecord(key == null ? null : key.getBytes(StandardCharsets.UTF_8), new byte[0], timestamp, 0, 0, null);
    batch.endRecord(rows);
    return record;
  }

  private void run() {
    state.recall(batch, SPEC);
    state.write();
    batch.clear();
  }

  private long[] seen(int rows) {
    long[] values = new long[rows];
    batch.column(SEEN).longs().get(0, values);
    return values;
  }

  private double[] idle(int rows) {
    double[] values = new double[rows];
    batch.column(IDLE).doubles().get(0, values);
    return values;
  }

  private static final class RecordingTable implements StateTable {
    private final StateTable map = StateTable.inMemory();
    private final List<String> puts = new ArrayList<>();
    private int gets;

    @Override
    public byte @Nullable [] get(byte[] key) {
      gets++;
      return map.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
      puts.add(new String(key, StandardCharsets.ISO_8859_1));
      map.put(key, value);
    }

    @Override
    public void delete(byte[] key) {
      puts.add(new String(key, StandardCharsets.ISO_8859_1));
      map.delete(key);
    }

    @Override
    public boolean scan(byte @Nullable [] after, Entries entries) {
      return map.scan(after, entries);
    }

    /** The records' keys that were put, without those of schemas. */
    List<String> keys() {
      return puts.stream().filter(key -> !key.startsWith("\0yapok")).toList();
    }

    Map<String, String> contents() {
      Map<String, String> contents = new TreeMap<>();
      for (String key : puts) {
        contents.put(key, Arrays.toString(map.get(key.getBytes(StandardCharsets.ISO_8859_1))));
      }
      return contents;
    }
  }
}
