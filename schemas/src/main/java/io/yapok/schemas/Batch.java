package io.yapok.schemas;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records and the rows in them, in columns. Records are what is committed and answered; rows are what a model sees. Most records hold one row.
 *
 * <p>One stream thread owns a batch and fills it anew for each poll: {@link #clear}, then {@link #addRecord} and a {@link RecordDecoder} for each record,
 * then the steps over all rows, then a {@link ResultEncoder} for each record that is not rejected. Columns keep their buffers in between.
 */
public final class Batch {
  /** The lane of a record that nothing is remembered for. */
  public static final int NO_LANE = -1;

  private final Layout layout;
  private final List<Column> columns;
  private final int maxRows;

  private int records;
  private byte[] @Nullable [] keys = new byte[0][];
  private byte[] @Nullable [] values = new byte[0][];
  private @Nullable Object[] origins = new Object[0];
  private long[] timestamps = new long[0];
  private int[] partitions = new int[0];
  private long[] offsets = new long[0];
  private int[] rowEnds = new int[0];
  private int[] lanes = new int[0];
  private int laneCount;
  private @Nullable Reject[] rejects = new Reject[0];
  private int rejected;
  private byte @Nullable [] header;
  private long[] stageStarts = new long[0];
  private long[] elapsedNanos = new long[0];
  private int elapsedCount;

  /**
   * An empty batch.
   *
   * @param layout the columns
   * @param maxBytes what the buffers of all fixed columns together may take; it bounds {@link #maxRows}
   */
  public Batch(Layout layout, long maxBytes) {
    this.layout = layout;
    this.columns = layout.columns().stream().map(Column::new).toList();
    this.maxRows = Math.clamp(maxBytes / layout.bytesPerRow(), 1, 1 << 24);
  }

  public Layout layout() {
    return layout;
  }

  /** The column in a slot. */
  public Column column(int slot) {
    return columns.get(slot);
  }

  /** More rows than this do not fit: a decoder answers {@code false} rather than go beyond. */
  public int maxRows() {
    return maxRows;
  }

  /** Forgets all records and rows; buffers stay. */
  public void clear() {
    Arrays.fill(keys, 0, records, null);
    Arrays.fill(values, 0, records, null);
    Arrays.fill(origins, 0, records, null);
    Arrays.fill(rejects, 0, records, null);
    records = 0;
    rejected = 0;
    laneCount = 0;
    elapsedCount = 0;
    truncateColumns(0);
  }

  /**
   * Adds a record that has no rows yet.
   *
   * @param origin whatever the caller wants back with the record's result; this class does not look at it
   * @return the record's index
   */
  public int addRecord(byte @Nullable [] key, byte @Nullable [] value, long timestamp, int partition, long offset, @Nullable Object origin) {
    if (records == timestamps.length) {
      growRecords();
    }
    int record = records++;
    keys[record] = key;
    values[record] = value;
    timestamps[record] = timestamp;
    partitions[record] = partition;
    offsets[record] = offset;
    origins[record] = origin;
    rowEnds[record] = rowStart(record);
    lanes[record] = NO_LANE;
    header = null;
    return record;
  }

  /** Gives the last record the value of the header that its decoder asks for ({@link RecordDecoder#header}); null if it has none. */
  public void setHeader(byte @Nullable [] value) {
    header = value;
  }

  /** The last record's header, for its decoder; null if it was given none. */
  public byte @Nullable [] header() {
    return header;
  }

  /** Takes the last record back, with its rows: it did not fit and goes into the next batch. */
  public void removeLastRecord() {
    int record = records - 1;
    truncateColumns(rowStart(record));
    if (rejects[record] != null) {
      rejects[record] = null;
      rejected--;
    }
    keys[record] = null;
    values[record] = null;
    origins[record] = null;
    records = record;
  }

  /** Says, at the end of decoding the last record, how many rows it has; their values stand in the source columns. */
  public void endRecord(int rowsOfRecord) {
    rowEnds[records - 1] = rowStart(records - 1) + rowsOfRecord;
  }

  /**
   * Makes room for rows in every column of a fixed shape. A decoder calls it before it writes row {@code rows() + n}.
   *
   * @throws ColumnFullException if a column would exceed {@link Column#MAX_BYTES}
   */
  public void reserveRows(int count) {
    for (Column column : columns) {
      column.reserveRows(count);
    }
  }

  public int records() {
    return records;
  }

  /** Rows of all records together. */
  public int rows() {
    return records == 0 ? 0 : rowEnds[records - 1];
  }

  public byte @Nullable [] key(int record) {
    return keys[record];
  }

  public byte @Nullable [] value(int record) {
    return values[record];
  }

  /** Milliseconds since the epoch, as Kafka has it. */
  public long timestamp(int record) {
    return timestamps[record];
  }

  public int partition(int record) {
    return partitions[record];
  }

  public long offset(int record) {
    return offsets[record];
  }

  /** What {@link #addRecord} was given. */
  public @Nullable Object origin(int record) {
    return origins[record];
  }

  /** The record's first row. */
  public int rowStart(int record) {
    return record == 0 ? 0 : rowEnds[record - 1];
  }

  /** The row after the record's last. */
  public int rowEnd(int record) {
    return rowEnds[record];
  }

  /** The record that a row belongs to; O(log records), for failures rather than for loops. */
  public int recordOf(int row) {
    int low = 0;
    int high = records - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rowEnds[middle] > row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Rejects a record; the first reason stays. While the record is the last and still being decoded its rows are taken back, later they stay where they are,
   * are computed on, and are never answered.
   */
  public void reject(int record, Reject reject) {
    if (rejects[record] == null) {
      rejects[record] = reject;
      rejected++;
    }
  }

  /** Forgets what decoding wrote for the last record: called by a decoder that rejects it. */
  public void discardRowsOfLastRecord() {
    truncateColumns(rowStart(records - 1));
    rowEnds[records - 1] = rowStart(records - 1);
  }

  public boolean isRejected(int record) {
    return rejects[record] != null;
  }

  /** Why the record is rejected, or null if it is not. */
  public @Nullable Reject rejection(int record) {
    return rejects[record];
  }

  /** How many records are rejected so far. */
  public int rejected() {
    return rejected;
  }

  /**
   * Says which key of the batch a record belongs to; called by whoever recalls what is remembered, for each record that has a key and rows.
   *
   * @param lane keys are numbered from 0 in the order in which they first appear
   */
  public void setLane(int record, int lane) {
    lanes[record] = lane;
    laneCount = Math.max(laneCount, lane + 1);
  }

  /** Which key of the batch the record belongs to, or {@link #NO_LANE}. A column of tensors remembered per key has a row a lane instead of one a row. */
  public int lane(int record) {
    return lanes[record];
  }

  /** How many keys have been given a lane. */
  public int lanes() {
    return laneCount;
  }

  /**
   * Notes when a stage began and ended: decoding first, then each step in order.
   *
   * @param start as {@link System#nanoTime} has it, and so the end
   */
  public void addElapsed(long start, long end) {
    if (elapsedCount == elapsedNanos.length) {
      int capacity = Math.max(8, elapsedCount * 2);
      elapsedNanos = Arrays.copyOf(elapsedNanos, capacity);
      stageStarts = Arrays.copyOf(stageStarts, capacity);
    }
    stageStarts[elapsedCount] = start;
    elapsedNanos[elapsedCount++] = end - start;
  }

  public int elapsedCount() {
    return elapsedCount;
  }

  /** Nanoseconds of a stage for this whole batch. */
  public long elapsedNanos(int stage) {
    return elapsedNanos[stage];
  }

  /** When a stage began, as {@link System#nanoTime} has it. */
  public long stageStart(int stage) {
    return stageStarts[stage];
  }

  private void truncateColumns(int toRows) {
    for (Column column : columns) {
      column.truncate(toRows);
    }
  }

  private void growRecords() {
    int capacity = Math.max(16, records * 2);
    keys = Arrays.copyOf(keys, capacity);
    values = Arrays.copyOf(values, capacity);
    origins = Arrays.copyOf(origins, capacity);
    timestamps = Arrays.copyOf(timestamps, capacity);
    partitions = Arrays.copyOf(partitions, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    rowEnds = Arrays.copyOf(rowEnds, capacity);
    lanes = Arrays.copyOf(lanes, capacity);
    rejects = Arrays.copyOf(rejects, capacity);
  }
}
