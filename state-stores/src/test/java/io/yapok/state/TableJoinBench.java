package io.yapok.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.Where;
import io.yapok.schemas.WriterSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up costs whose row is kept: ranking requests with 674 candidates of a table of items, joined by their number. Prints nanoseconds a row, the best of some rounds, for a table with one field, with a vector and with a text; and for two tasks in turn
 * that have the table in common. Run with {@code -XX:TieredStopAtLevel=1} for a JVM that has no time to compile.
 */
final class TableJoinBench {
  private static final int ROUNDS = 800;
  private static final int REQUESTS = 20;
  private static final int CANDIDATES = 674;
  private static final Where WHERE = Where.of("here");

  private TableJoinBench() {}

  public static void main(String[] arguments) {
    ColumnSpec price = new ColumnSpec("price", ElementType.FLOAT64, RowShape.SCALAR);
    ColumnSpec taste = new ColumnSpec("taste", ElementType.FLOAT32, RowShape.of(16));
    ColumnSpec city = new ColumnSpec("city", ElementType.TEXT, RowShape.SCALAR);
    for (int items : new int[] {1_000, 20_000, 50_000}) {
      System.out.printf(
          "%,d items: %.0f ns with a number, %.0f with a vector of 16, %.0f with a number, a vector and a text, %.0f for two tasks%n",
          items, measure(items, 1, price), measure(items, 1, taste), measure(items, 1, price, taste, city), measure(items, 2, price, taste, city));
    }
  }

  private static double measure(int items, int tasks, ColumnSpec... fields) {
    List<ColumnSpec> columns = new ArrayList<>(List.of(new ColumnSpec("input.item", ElementType.INT64, RowShape.SCALAR)));
    columns.addAll(List.of(fields));
    Batch batch = new Batch(new Layout(columns), 1 << 24);
    List<SourceField> sources = IntStream.range(0, fields.length).mapToObj(i -> new SourceField(fields[i].name(), i, null)).toList();
    List<DeclaredField> declared = List.of(new DeclaredField(new Located<>("price", WHERE), ElementType.FLOAT64, RowShape.SCALAR, null, WHERE));
    PipelineTable table =
        new PipelineTable(new Located<>("items", WHERE), new Located<>("topic", WHERE), Format.JSON, new Located<>("item", WHERE), true, PipelineTable.AsOf.LATEST, PipelineTable.DEFAULT_HISTORY, declared, WHERE);
    SourceSchema schema = new SourceSchema(new Layout(List.of(fields)), sources, null);
    TableJoin join = new TableJoin(new JoinedTable(table, 0, schema, IntStream.rangeClosed(1, fields.length).boxed().toList()), batch, WriterSchemas.NONE);

    TableRows rows = TableRows.inHeap();
    Random random = new Random(1);
    for (int item = 0; item < items; item++) {
      String vector = IntStream.range(0, 16).mapToObj(i -> Float.toString(random.nextFloat())).toList().toString();
      rows.put(Integer.toString(item).getBytes(UTF_8), ("{\"price\":" + item + ",\"taste\":" + vector + ",\"city\":\"city " + item + "\"}").getBytes(UTF_8), 0);
    }
    List<TableRows> views = Stream.<TableRows>generate(() -> new View(rows)).limit(tasks).toList();
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      fill(batch, random.longs((long) REQUESTS * CANDIDATES, 0, items).toArray());
      long start = System.nanoTime();
      join.join(views.get(round % tasks));
      best = Math.min(best, (System.nanoTime() - start) / (double) batch.rows());
    }
    return best;
  }

  /** What a task has of a table that all have. */
  private static final class View implements TableRows {
    private final TableRows all;

    private View(TableRows all) {
      this.all = all;
    }

    @Override
    public Version find(byte[] key, long timestamp) {
      return all.find(key, timestamp);
    }

    @Override
    public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
      return all.put(key, value, timestamp);
    }

    @Override
    public RowChanges changes() {
      return all.changes();
    }
  }

  private static void fill(Batch batch, long[] asked) {
    batch.clear();
    batch.reserveRows(asked.length);
    for (int at = 0; at < asked.length; at += CANDIDATES) {
      batch.addRecord(null, new byte[0], 0, 0, 0, null);
      batch.column(0).longs().put(at, asked, at, CANDIDATES);
      batch.endRecord(CANDIDATES);
    }
  }
}
