package io.yapok.state;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.WriterSchemas;
import io.yapok.state.internal.DecodedRow;
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
  /** What the rows kept for one table may take of the heap, a stream thread. */
  private static final long CACHE_BYTES = 16L << 20;

  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

  private final JoinedTable table;
  private final Batch batch;
  private final List<Column> columns;
  private final JoinKey key;
  private final RowReader reader;
  private final RowCache cache;
  private final DecodedRow blank;
  private final @Nullable DecodedRow absent;
  private final String whyNotAbsent;

  /** What the present record's rows are joined with. */
  private DecodedRow[] joined = new DecodedRow[1];

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
    this.blank = DecodedRow.blank(table.row().layout());
    this.cache = new RowCache(CACHE_BYTES, blank.size());
    RowReader defaults = RowReader.ofAbsent(table);
    Reject missing = defaults.read(EMPTY_OBJECT);
    this.absent = missing == null ? DecodedRow.of(defaults.row()) : null;
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
        blank.write(columns, row);
      }
    }
  }

  /**
   * Looks all rows up before it writes any: look-ups that do not wait for copies of what was found before are fetched from memory several at a time.
   *
   * @return the first row that was not joined
   */
  private int joinRecord(int record, TableRows rows) {
    int start = batch.rowStart(record);
    int end = start + lookUp(record, rows);
    for (int row = start; row < end; row++) {
      joined[row - start].write(columns, row);
    }
    return end;
  }

  /** Finds what the record's rows are joined with, and says how many that are: all, or those before the one that rejects the record. */
  private int lookUp(int record, TableRows rows) {
    int start = batch.rowStart(record);
    int count = batch.rowEnd(record) - start;
    if (joined.length < count) {
      joined = new DecodedRow[2 * Integer.highestOneBit(count)];
    }
    RowCache.@Nullable Entry found = null;
    for (int i = 0; i < count; i++) {
      if (found == null || !key.isOfRecord()) {
        found = find(record, start + i, rows, found);
      }
      DecodedRow row = found == null ? null : found.row();
      if (row == null) {
        reject(record, found);
        return i;
      }
      joined[i] = row;
    }
    return count;
  }

  /**
   * What the table has for a row; null if the record has no key.
   *
   * @param last what it has for the record's row before, which often has the same key
   */
  private RowCache.@Nullable Entry find(int record, int row, TableRows rows, RowCache.@Nullable Entry last) {
    if (!key.moveTo(record, row)) {
      return null;
    }
    if (last != null && last.isOf(key.bytes(), key.offset(), key.length())) {
      return last;
    }
    RowChanges changes = rows.changes();
    int hash = changes.hash(key.bytes(), key.offset(), key.length());
    RowCache.Entry known = cache.find(key.bytes(), key.offset(), key.length(), hash, changes, batch.timestamp(record));
    return known != null ? known : load(hash, rows, batch.timestamp(record));
  }

  private RowCache.Entry load(int hash, TableRows rows, long timestamp) {
    byte[] alone = Arrays.copyOfRange(key.bytes(), key.offset(), key.offset() + key.length());
    int stamp = rows.changes().stamp(hash); // before the row is looked up: a change after that is noticed the next time
    TableRows.Version version = rows.find(alone, timestamp);
    byte[] value = version.value();
    DecodedRow row = null;
    String problem = "";
    if (version.forgotten()) {
      problem = "the record is older than the versions that the table keeps; a longer history keeps more";
    } else if (value != null) {
      Reject unreadable = reader.read(value);
      row = unreadable == null ? DecodedRow.of(reader.row()) : null;
      problem = unreadable == null ? "" : "the row for \"" + key.shown() + "\" cannot be read: " + unreadable.message();
    } else if (absent == null) {
      problem = "there is no row for \"" + key.shown() + "\", and " + whyNotAbsent + " has no default";
    } else {
      row = absent;
    }
    RowCache.Entry entry = new RowCache.Entry(alone, hash, rows.changes(), stamp, version.from(), version.until(), row, problem);
    cache.keep(entry);
    return entry;
  }

  private void reject(int record, RowCache.@Nullable Entry found) {
    String name = "table." + table.name();
    Reject reject =
        found == null
            ? new Reject(RejectReason.NULL_KEY, Reject.TABLES, name, "the table is joined by the record's key, and the record has none")
            : new Reject(RejectReason.NO_TABLE_ROW, Reject.TABLES, name, found.problem());
    batch.reject(record, reject);
  }
}
