package io.yapok.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.Where;
import io.yapok.schemas.WriterSchemas;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableJoinTest {
  private static final byte[] NO_BYTES = {};
  private static final int KEY = 0;
  private static final int AGE = 1;
  private static final int TASTE = 2;
  private static final int CITY = 3;

  /** Counts look-ups of the rows below. */
  private static class Counting implements TableRows {
    private final TableRows below = TableRows.inHeap();
    private int finds;

    @Override
    public Version find(byte[] key, long timestamp) {
      finds++;
      return below.find(key, timestamp);
    }

    @Override
    public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
      return below.put(key, value, timestamp);
    }

    @Override
    public RowChanges changes() {
      return below.changes();
    }

    void put(String key, @Nullable String value) {
      put(key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), 0);
    }
  }

  private final Counting rows = new Counting();
  private Batch batch = batch(ElementType.TEXT);

  private static Batch batch(ElementType key) {
    return new Batch(
        new Layout(
            List.of(
                new ColumnSpec("input.id", key, RowShape.SCALAR),
                new ColumnSpec("table.t.age", ElementType.FLOAT32, RowShape.SCALAR),
                new ColumnSpec("table.t.taste", ElementType.FLOAT64, RowShape.of(3)),
                new ColumnSpec("table.t.city", ElementType.TEXT, RowShape.SCALAR))),
        1 << 20);
  }

  private TableJoin join(boolean byField, @Nullable Object ageDefault) {
    Where where = Where.of("here");
    Layout row =
        new Layout(
            List.of(
                new ColumnSpec("age", ElementType.FLOAT32, RowShape.SCALAR),
                new ColumnSpec("taste", ElementType.FLOAT64, RowShape.of(3)),
                new ColumnSpec("city", ElementType.TEXT, RowShape.SCALAR)));
    SourceSchema schema = new SourceSchema(row, List.of(new SourceField("age", 0, ageDefault), new SourceField("taste", 1, 0.5), new SourceField("city", 2, "nowhere")), null);
    PipelineTable table =
        new PipelineTable(
            new Located<>("t", where), new Located<>("topic", where), Format.JSON, byField ? new Located<>("id", where) : null, byField,
            PipelineTable.AsOf.LATEST, PipelineTable.DEFAULT_HISTORY, List.of(new DeclaredField(new Located<>("age", where), ElementType.FLOAT32, RowShape.SCALAR, null, where)), where);
    return new TableJoin(new JoinedTable(table, byField ? KEY : JoinedTable.RECORD_KEY, schema, List.of(AGE, TASTE, CITY)), batch, WriterSchemas.NONE);
  }

  /** Adds a record whose rows have these ids. */
  private int record(@Nullable String key, String... ids) {
    int record = batch.addRecord(key == null ? null : key.getBytes(UTF_8), new byte[0], 0, 0, 0, null);
    int start = batch.rowStart(record);
    batch.reserveRows(start + ids.length);
    Column column = batch.column(KEY);
    for (int i = 0; i < ids.length; i++) {
      switch (column.spec().type()) {
        case TEXT -> column.appendText(ids[i]);
        case INT64 -> column.longs().put(start + i, Long.parseLong(ids[i]));
        case INT32 -> column.ints().put(start + i, Integer.parseInt(ids[i]));
        case INT16 -> column.shorts().put(start + i, Short.parseShort(ids[i]));
        case INT8, UINT8 -> column.bytes().put(start + i, (byte) Integer.parseInt(ids[i]));
        default -> throw new AssertionError(column.spec());
      }
    }
    batch.endRecord(ids.length);
    return record;
  }

  private String row(int row) {
    var taste = batch.column(TASTE).doubles();
    return batch.column(AGE).floats().get(row) + " " + taste.get(row * 3) + "," + taste.get(row * 3 + 1) + "," + taste.get(row * 3 + 2) + " " + batch.column(CITY).text(row);
  }

  @Test
  void shouldJoinEachRowByItsOwnKey() {
    rows.put("a", "{\"age\":1,\"taste\":[1,2,3],\"city\":\"Bern\"}");
    rows.put("b", "{\"age\":2,\"taste\":[4,5,6],\"city\":\"\"}");
    record(null, "a", "b", "a");
    record(null);
    record(null, "b");

    join(true, null).join(rows);

    assertThat(batch.rejected()).isZero();
    assertThat(List.of(row(0), row(1), row(2), row(3))).containsExactly("1.0 1.0,2.0,3.0 Bern", "2.0 4.0,5.0,6.0 ", "1.0 1.0,2.0,3.0 Bern", "2.0 4.0,5.0,6.0 ");
  }

  @Test
  void shouldJoinAllRowsOfARecordByItsKeyAtOnce() {
    rows.put("k", "{\"age\":1}");
    record("k", "x", "y");

    join(false, null).join(rows);

    assertThat(List.of(row(0), row(1))).containsOnly("1.0 0.5,0.5,0.5 nowhere");
    assertThat(rows.finds).isEqualTo(1);
  }

  @Test
  void shouldRejectARecordAndNotItsNeighboursWhenARowIsAbsent() {
    rows.put("a", "{\"age\":1}");
    record(null, "a");
    record(null, "a", "none", "a");
    record(null, "a");

    join(true, null).join(rows);

    assertThat(batch.rejection(1)).isEqualTo(new Reject(RejectReason.NO_TABLE_ROW, "tables", "table.t", "there is no row for \"none\", and age has no default"));
    assertThat(batch.rejected()).isEqualTo(1);
    assertThat(List.of(row(0), row(1), row(4))).containsOnly("1.0 0.5,0.5,0.5 nowhere");
    assertThat(List.of(row(2), row(3))).as("what a rejected record's rows have never depends on others").containsOnly("0.0 0.0,0.0,0.0 ");
  }

  @Test
  void shouldTakeTheDefaultsWhenARowIsAbsentAndAllFieldsHaveOne() {
    record(null, "none");

    join(true, 7L).join(rows);

    assertThat(row(0)).isEqualTo("7.0 0.5,0.5,0.5 nowhere");
  }

  @Test
  void shouldRejectARecordWithoutAKey() {
    record(null, "x");

    join(false, 7L).join(rows);

    assertThat(batch.rejection(0)).extracting(Reject::reason, Reject::step).containsExactly(RejectReason.NULL_KEY, "tables");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{} | age", "{\"age\":\"x\"} | age", "nonsense | ''"})
  void shouldRejectARecordWhoseRowCannotBeRead(String value, String said) {
    rows.put("a", value);
    record(null, "a");

    join(true, null).join(rows);

    assertThat(batch.rejection(0)).isNotNull().satisfies(reject -> assertThat(reject.reason()).isEqualTo(RejectReason.NO_TABLE_ROW), reject -> assertThat(reject.message()).startsWith("the row for \"a\" cannot be read: "));
  }

  @ParameterizedTest
  @CsvSource({"TEXT, -12, -12", "INT64, -9223372036854775808, -9223372036854775808", "INT64, 0, 0", "INT64, 1234567890123456789, 1234567890123456789", "INT32, -7, -7", "INT16, 300, 300", "INT8, -1, -1", "UINT8, 255, 255"})
  void shouldLookWholeNumbersUpAsTheirDigits(ElementType type, String id, String key) {
    batch = batch(type);
    rows.put(key, "{\"age\":3}");
    record(null, id);

    join(true, null).join(rows);

    assertThat(row(0)).startsWith("3.0");
  }

  @Test
  void shouldLookARowUpAgainOnlyWhenItChanged() {
    TableJoin join = join(true, null);
    rows.put("a", "{\"age\":1}");
    for (int i = 0; i < 3; i++) {
      batch.clear();
      record(null, "a");
      join.join(rows);
    }
    assertThat(rows.finds).isEqualTo(1);

    rows.put("a", "{\"age\":2}");
    batch.clear();
    record(null, "a");
    join.join(rows);
    assertThat(row(0)).startsWith("2.0");

    rows.put("a", null);
    batch.clear();
    record(null, "a");
    join.join(rows);
    assertThat(batch.rejected()).isEqualTo(1);
  }

  @Test
  void shouldNotTakeTheRowsOfAnotherTask() {
    TableJoin join = join(true, null);
    Counting others = new Counting();
    rows.put("a", "{\"age\":1}");
    others.put("a", "{\"age\":2}");
    record(null, "a");
    join.join(rows);
    join.join(others);

    assertThat(row(0)).startsWith("2.0");
  }

  @Test
  void shouldTakeTheRowThatAnotherTaskLookedUpWhenTheTableIsOneForAll() {
    TableJoin join = join(true, null);
    rows.put("a", "{\"age\":1}");
    Counting ofAnotherTask = new Counting() {
      @Override
      public RowChanges changes() {
        return rows.changes();
      }
    };
    record(null, "a");
    join.join(rows);
    join.join(ofAnotherTask);

    assertThat(row(0)).startsWith("1.0");
    assertThat(ofAnotherTask.finds).isZero();
  }

  /** Against a map, with more keys than one place of the cache has room for and changes in between. */
  @Test
  void shouldFindWhatIsThereWhenRowsChangeAtRandom() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    TableJoin join = join(true, -1L);
    Map<String, Integer> expected = new TreeMap<>();
    for (int round = 0; round < 300; round++) {
      for (int i = random.nextInt(20); i > 0; i--) {
        String key = "k" + random.nextInt(2000);
        Integer age = random.nextInt(5) == 0 ? null : (Integer) random.nextInt(100);
        rows.put(key, age == null ? null : "{\"age\":" + age + "}");
        if (age == null) {
          expected.remove(key);
        } else {
          expected.put(key, age);
        }
      }
      batch.clear();
      String[] ids = random.ints(50, 0, 2000).mapToObj(id -> "k" + id).toArray(String[]::new);
      record(null, ids);
      join.join(rows);
      for (int i = 0; i < ids.length; i++) {
        assertThat(batch.column(AGE).floats().get(i)).as("seed %d", seed).isEqualTo(expected.getOrDefault(ids[i], -1).floatValue());
      }
    }
    assertThat(rows.finds).as("most were kept").isLessThan(300 * 50 / 2);
  }

  /** A row that was looked up may lose its place to one that is looked up after it, for the same record. */
  @Test
  void shouldJoinARecordWithMoreRowsThanAreKept() {
    batch = new Batch(batch(ElementType.INT64).layout(), 1 << 28);
    TableJoin join = join(true, null);
    int items = 150_000;
    for (int item = 0; item < items; item++) {
      rows.put(Integer.toString(item), "{\"age\":" + item + ",\"city\":\"" + item + "\"}");
    }
    for (int round = 0; round < 2; round++) {
      batch.clear();
      batch.addRecord(null, NO_BYTES, 0, 0, 0, null);
      batch.reserveRows(items);
      for (int row = 0; row < items; row++) {
        batch.column(KEY).longs().put(row, (row * 77_777L + round) % items);
      }
      batch.endRecord(items);
      join.join(rows);
      for (int row = 0; row < items; row++) {
        long item = batch.column(KEY).longs().get(row);
        assertThat(batch.column(AGE).floats().get(row)).isEqualTo(item);
        assertThat(batch.column(CITY).text(row)).isEqualTo(Long.toString(item));
      }
    }
    assertThat(rows.finds).as("some were not kept").isGreaterThan(items + 1000);
  }

  /** Ranking requests: 674 candidates of 20,000, each joined by its own number. */
  @Test
  void shouldAllocateNextToNothingWhenTheRowsAreKept() {
    batch = batch(ElementType.INT64);
    TableJoin join = join(true, null);
    for (int item = 0; item < 20_000; item++) {
      rows.put(Integer.toString(item), "{\"age\":" + item + "}");
    }
    long[] items = new Random(1).longs(20 * 674, 0, 20_000).toArray();
    for (int round = 0; round < 20; round++) {
      joinRequests(join, items);
    }
    int finds = rows.finds;
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int round = 0; round < 50; round++) {
      joinRequests(join, items);
    }
    long nanos = System.nanoTime() - start;
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf("%.0f ns a row, %d bytes in all%n", nanos / (50.0 * batch.rows()), allocated);

    assertThat(rows.finds - finds).as("but for a few whose places others take").isLessThan(batch.rows() / 2);
    assertThat(allocated).as("less than 8 bytes a row").isLessThan(8 * 50L * batch.rows());
  }

  private void joinRequests(TableJoin join, long[] items) {
    batch.clear();
    batch.reserveRows(items.length);
    for (int at = 0; at < items.length; at += 674) {
      batch.addRecord(null, NO_BYTES, 0, 0, 0, null);
      batch.column(KEY).longs().put(at, items, at, 674);
      batch.endRecord(674);
    }
    join.join(rows);
  }

  @Test
  void shouldHashAKeyAlikeWhereverItStands() {
    RowChanges changes = new RowChanges();
    byte[] key = "a key of some length".getBytes(UTF_8);
    byte[] among = new byte[key.length + 7];
    System.arraycopy(key, 0, among, 3, key.length);

    assertThat(changes.hash(among, 3, key.length)).isEqualTo(changes.hash(key, 0, key.length));
    int stamp = changes.stamp(changes.hash(key, 0, key.length));
    changes.changed(key);
    assertThat(changes.stamp(changes.hash(key, 0, key.length))).isNotEqualTo(stamp);
  }
}
