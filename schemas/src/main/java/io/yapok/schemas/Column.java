package io.yapok.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One named value of every row of a batch, contiguous and in native order, so that a tensor can be a view of it.
 *
 * <p>A column belongs to its {@link Batch} and so to one thread. Its buffer is direct and is reused from batch to batch; it is replaced only to grow, and
 * {@link #generation()} tells who keeps views of it. Elements are reached by absolute index; no method moves a buffer's position or limit.
 *
 * <p>Rows of a fixed shape start at {@code row * shape.elements()}. Rows of a dynamic shape are appended one after the other with {@link #endRow}, and
 * {@link #start} and {@link #count} say where each lies. Text elements live in a pool of UTF-8 bytes and are appended in element order.
 */
public final class Column {
  /** No column's buffer or pool grows beyond this many bytes. */
  public static final int MAX_BYTES = 1 << 30;

  private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());

  private final ColumnSpec spec;
  private final boolean fixed;
  private final int width;
  private int generation;

  private ByteBuffer bytes = EMPTY;
  private FloatBuffer floats = EMPTY.asFloatBuffer();
  private DoubleBuffer doubles = EMPTY.asDoubleBuffer();
  private LongBuffer longs = EMPTY.asLongBuffer();
  private IntBuffer ints = EMPTY.asIntBuffer();
  private ShortBuffer shorts = EMPTY.asShortBuffer();

  private int rows;
  private int[] rowEnds = new int[0];
  private int[] rowDims = new int[0];

  private int texts;
  private int[] textEnds = new int[0];
  private byte[] pool = new byte[0];

  /** An empty column; called by {@link Batch}. */
  Column(ColumnSpec spec) {
    this.spec = spec;
    this.fixed = spec.shape().isFixed();
    this.width = spec.shape().elements();
  }

  public ColumnSpec spec() {
    return spec;
  }

  /** Changes whenever the buffer is replaced, so that views of the old one must be made anew. */
  public int generation() {
    return generation;
  }

  /** The buffer itself: position 0, limit at its capacity, native order. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** The buffer as {@link ElementType#FLOAT32} elements. */
  public FloatBuffer floats() {
    return floats;
  }

  /** The buffer as {@link ElementType#FLOAT64} elements. */
  public DoubleBuffer doubles() {
    return doubles;
  }

  /** The buffer as {@link ElementType#INT64} elements. */
  public LongBuffer longs() {
    return longs;
  }

  /** The buffer as {@link ElementType#INT32} elements. */
  public IntBuffer ints() {
    return ints;
  }

  /** The buffer as {@link ElementType#INT16}, {@link ElementType#FLOAT16} or {@link ElementType#BFLOAT16} elements. */
  public ShortBuffer shorts() {
    return shorts;
  }

  /** The first element of a row. */
  public int start(int row) {
    if (fixed) {
      return row * width;
    }
    return row == 0 ? 0 : rowEnds[row - 1];
  }

  /** How many elements a row has. */
  public int count(int row) {
    return fixed ? width : rowEnds[row] - start(row);
  }

  /** The size of an axis in a row. */
  public int dim(int row, int axis) {
    return fixed ? spec.shape().dim(axis) : rowDims[row * spec.shape().rank() + axis];
  }

  /**
   * Makes room for so many rows of a fixed shape. What rows held before stays.
   *
   * @throws ColumnFullException if that needs more than {@link #MAX_BYTES}
   */
  public void reserveRows(int count) {
    if (fixed) {
      reserveElements(Math.multiplyExact((long) count, width));
    }
  }

  /**
   * Makes room for so many elements of the whole column. What elements held before stays. Pooled types take no room here.
   *
   * @throws ColumnFullException if that needs more than {@link #MAX_BYTES}
   */
  public void reserveElements(long count) {
    long needed = count * spec.type().bytes();
    if (needed <= bytes.capacity()) {
      return;
    }
    int capacity = grown(bytes.capacity(), needed);
    ByteBuffer larger = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    larger.put(0, bytes, 0, bytes.capacity());
    bytes = larger;
    floats = larger.asFloatBuffer();
    doubles = larger.asDoubleBuffer();
    longs = larger.asLongBuffer();
    ints = larger.asIntBuffer();
    shorts = larger.asShortBuffer();
    generation++;
  }

  /** Copies a row of a fixed shape, of elements that are not pooled, to another for which there is room. */
  public void copyRow(int from, int to) {
    int size = spec.bytesPerRow();
    bytes.put(to * size, bytes, from * size, size);
  }

  /**
   * Ends the next row of a dynamic shape: its elements are those from the last row's end on.
   *
   * @param elements how many elements the row has; their values have been written
   * @param dims the row's shape, whose product is {@code elements}; read, not kept
   */
  public void endRow(int elements, int... dims) {
    int rank = spec.shape().rank();
    if (fixed || dims.length != rank) {
      throw new IllegalStateException(spec.name() + " has rows of shape " + spec.shape() + ", not " + Arrays.toString(dims));
    }
    if (rows == rowEnds.length) {
      rowEnds = Arrays.copyOf(rowEnds, Math.max(16, rows * 2));
      rowDims = Arrays.copyOf(rowDims, rowEnds.length * rank);
    }
    System.arraycopy(dims, 0, rowDims, rows * rank, rank);
    rowEnds[rows] = start(rows) + elements;
    rows++;
  }

  /**
   * Appends the next text element.
   *
   * @throws ColumnFullException if the pool would exceed {@link #MAX_BYTES}
   */
  public void appendText(byte[] utf8, int offset, int length) {
    int start = textEnd(texts - 1);
    long needed = (long) start + length;
    if (needed > pool.length) {
      pool = Arrays.copyOf(pool, grown(pool.length, needed));
    }
    if (texts == textEnds.length) {
      textEnds = Arrays.copyOf(textEnds, Math.max(16, texts * 2));
    }
    System.arraycopy(utf8, offset, pool, start, length);
    textEnds[texts++] = start + length;
  }

  /** Appends the next text element. */
  public void appendText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    appendText(utf8, 0, utf8.length);
  }

  /** How many text elements have been appended. */
  public int texts() {
    return texts;
  }

  /** The pool that {@link #textStart} and {@link #textEnd} index; valid until the next append. */
  public byte[] textPool() {
    return pool;
  }

  /** Where an element's UTF-8 bytes start in the pool. */
  public int textStart(int element) {
    return textEnd(element - 1);
  }

  /** Where an element's UTF-8 bytes end in the pool; 0 for -1. */
  public int textEnd(int element) {
    return element < 0 ? 0 : textEnds[element];
  }

  /** A text element as a string: for messages, models that take strings and other cold paths. */
  public String text(int element) {
    return new String(pool, textStart(element), textEnd(element) - textStart(element), StandardCharsets.UTF_8);
  }

  /** Forgets dynamic rows and text elements from this row on; what a fixed row held is simply written over. */
  void truncate(int toRows) {
    if (spec.type().isPooled()) {
      int elements = fixed ? Math.min(texts, toRows * width) : toRows < rows ? start(toRows) : dynamicElements();
      texts = Math.min(texts, elements);
    }
    rows = Math.min(rows, toRows);
  }

  private int dynamicElements() {
    return rows == 0 ? 0 : rowEnds[rows - 1];
  }

  private int grown(int capacity, long needed) {
    if (needed > MAX_BYTES) {
      throw new ColumnFullException(spec.name() + " would need " + needed + " bytes of the " + MAX_BYTES + " that a column may have");
    }
    return (int) Math.min(MAX_BYTES, Math.max(needed, Math.max(64, capacity * 2L)));
  }
}
