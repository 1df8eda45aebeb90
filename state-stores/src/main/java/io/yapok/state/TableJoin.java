package io.yapok.state;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.WriterSchemas;
import io.yapok.state.internal.JoinKey;
import io.yapok.state.internal.RowCache;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the columns that a batch has for a table. Rows that are looked up often are decoded once: they are kept until they change. Belongs to the thread that owns
 * the batch; the rows may be another task's from call to call.
 */
public final class TableJoin {
  /** What the rows kept for one table may take, a stream thread. */
  private static final long CACHE_BYTES = 16L << 20;

  /** So many rows of a record are joined together: they wait for memory together, and what was looked up is still near when it is copied. */
  private static final int TOGETHER = 64;

  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

  private final JoinedTable table;
  private final Batch batch;
  private final List<Column> columns;
  private final JoinKey key;
  private final RowReader reader;
  private final RowCache cache;
  private final @Nullable Batch absent;
  private final String whyNotAbsent;

  // Of the rows that are joined together: their keys' hashes, and where the cache has what they are joined with.
  private final int[] hashes = new int[TOGETHER];
  private final int[] slots = new int[TOGETHER];

  /**
   * A join of one table with one batch's rows.
   *
   * @param schemas where rows name the schemas that they were written with
   */
  public TableJoin(JoinedTable table, Batch batch, WriterSchemas schemas) {
    this.table = table;
    this.batch = batch;
    this.columns = table.columns().stream().map(batch::column).toList();
    this.key = new JoinKey(batch, table.key());
    this.reader = new RowReader(table, schemas);
    this.cache = new RowCache(CACHE_BYTES, table.row().layout());
    RowReader defaults = RowReader.ofAbsent(table);
    Reject missing = defaults.read(EMPTY_OBJECT);
    this.absent = missing == null ? defaults.row() : null;
    this.whyNotAbsent = missing == null ? "" : missing.field();
  }

  /** The table that is joined. */
  public JoinedTable table() {
    return table;
  }

  /**
   * Joins every record that is not rejected, each of its rows by its own key, as of the record's own timestamp. Rejects a record one of whose rows meets no row of the
   * table, or one that cannot be read, where a field has no default.
   */
  public void join(TableRows rows) {
    batch.reserveRows(batch.rows());
    for (int record = 0; record < batch.records(); record++) {
      int from = batch.rowStart(record);
      if (!batch.isRejected(record)) {
        from = joinRecord(record, rows);
      }
      for (int row = from; row < batch.rowEnd(record); row++) {
        cache.write(RowCache.NONE, columns, row);
      }
    }
  }

  /** Says which row it did not join any more: the record's end, or the row that rejects it. */
  private int joinRecord(int record, TableRows rows) {
    int end = batch.rowEnd(record);
    int from = batch.rowStart(record);
    while (from < end) {
      int to = Math.min(end, from + TOGETHER);
      int joined = joinTogether(record, from, to, rows);
      if (joined < to) {
        return joined;
      }
      from = to;
    }
    return end;
  }

  private int joinTogether(int record, int from, int to, TableRows rows) {
    RowChanges changes = rows.changes();
    long timestamp = batch.timestamp(record);
    int keys = key.isOfRecord() ? 1 : to - from;
    for (int i = 0; i < keys; i++) {
      if (!key.moveTo(record, from + i)) {
        reject(record, RejectReason.NULL_KEY, "the table is joined by the record's key, and the record has none");
        return from;
      }
      hashes[i] = changes.hash(key.bytes(), key.offset(), key.length());
    }
    for (int i = 0; i < keys; i++) {
      slots[i] = cache.guess(hashes[i], changes, timestamp);
    }
    int written = 0;
    for (int i = 0; i < to - from; i++) {
      if (i >= keys) {
        slots[i] = slots[0];
      } else if (!isFound(record, from + i, i, changes, timestamp)) {
        write(from, written, i); // what is kept next may take their slots
        written = i;
        slots[i] = load(hashes[i], rows, timestamp);
      }
      if (cache.rejects(slots[i])) {
        write(from, written, i);
        reject(record, RejectReason.NO_TABLE_ROW, cache.problem(slots[i]));
        return from + i;
      }
    }
    write(from, written, to - from);
    return to;
  }

  /** Whether the cache has what the i-th row is joined with; goes to the row's key. */
  private boolean isFound(int record, int row, int i, RowChanges changes, long timestamp) {
    key.moveTo(record, row);
    if (!cache.isOf(slots[i], key.bytes(), key.offset(), key.length())) {
      slots[i] = cache.find(key.bytes(), key.offset(), key.length(), hashes[i], changes, timestamp);
    }
    return slots[i] != RowCache.NONE;
  }

  private void write(int first, int from, int to) {
    for (int i = from; i < to; i++) {
      cache.write(slots[i], columns, first + i);
    }
  }

  private int load(int hash, TableRows rows, long timestamp) {
    byte[] alone = Arrays.copyOfRange(key.bytes(), key.offset(), key.offset() + key.length());
    int stamp = rows.changes().stamp(hash); // before the row is looked up: a change after that is noticed the next time
    TableRows.Version version = rows.find(alone, timestamp);
    byte[] value = version.value();
    Batch row = null;
    String problem = "";
    if (version.forgotten()) {
      problem = "the record is older than the versions that the table keeps; a longer history keeps more";
    } else if (value != null) {
      Reject unreadable = reader.read(value);
      row = unreadable == null ? reader.row() : null;
      problem = unreadable == null ? "" : "the row for \"" + key.shown() + "\" cannot be read: " + unreadable.message();
    } else if (absent == null) {
      problem = "there is no row for \"" + key.shown() + "\", and " + whyNotAbsent + " has no default";
    } else {
      row = absent;
    }
    return cache.keep(alone, hash, rows.changes(), stamp, version.from(), version.until(), row, problem);
  }

  private void reject(int record, RejectReason reason, String problem) {
    batch.reject(record, new Reject(reason, Reject.TABLES, "table." + table.name(), problem));
  }
}
