package io.yapok.state.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.Layout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A row of a table as its columns hold it, outside of any batch: one copy away from a batch's columns. Immutable, so that it may be kept and written many times. */
public final class DecodedRow {
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final byte[] NOTHING = {};

  /** The elements of all columns that are not pooled, column after column. */
  private final byte[] elements;

  /** The elements of those that are. */
  private final byte[][] texts;

  private DecodedRow(byte[] elements, byte[][] texts) {
    this.elements = elements;
    this.texts = texts;
  }

  /** Zeros and empty texts: what the rows of a rejected record are filled with. */
  public static DecodedRow blank(Layout layout) {
    byte[][] texts = new byte[layout.columns().stream().filter(DecodedRow::isPooled).mapToInt(column -> column.shape().elements()).sum()][];
    Arrays.fill(texts, NOTHING);
    return new DecodedRow(new byte[Math.toIntExact(layout.columns().stream().filter(column -> !isPooled(column)).mapToLong(ColumnSpec::bytesPerRow).sum())], texts);
  }

  /** The first row of a batch. */
  public static DecodedRow of(Batch batch) {
    DecodedRow row = blank(batch.layout());
    int at = 0;
    int text = 0;
    for (int slot = 0; slot < batch.layout().columns().size(); slot++) {
      Column column = batch.column(slot);
      if (isPooled(column.spec())) {
        for (int element = 0; element < column.spec().shape().elements(); element++) {
          row.texts[text++] = Arrays.copyOfRange(column.textPool(), column.textStart(element), column.textEnd(element));
        }
      } else {
        int size = column.spec().bytesPerRow();
        column.bytes().get(0, row.elements, at, size);
        at += size;
      }
    }
    return row;
  }

  private static boolean isPooled(ColumnSpec column) {
    return column.type().isPooled();
  }

  /** Bytes in the heap, about. */
  public long size() {
    long size = elements.length;
    for (byte[] text : texts) {
      size += text.length + 2L * Long.BYTES;
    }
    return size;
  }

  /**
   * Writes this as a row of a batch's columns: the next one of those that are pooled.
   *
   * @param columns of the row's layout, in its order, with room for the row where they are not pooled
   */
  public void write(List<Column> columns, int row) {
    int at = 0;
    int text = 0;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (isPooled(column.spec())) {
        for (int element = column.spec().shape().elements(); element > 0; element--) {
          byte[] utf8 = texts[text++];
          column.appendText(utf8, 0, utf8.length);
        }
      } else {
        int size = column.spec().bytesPerRow();
        copy(column.bytes(), row * size, at, size);
        at += size;
      }
    }
  }

  /** A copy of few bytes by the general method takes longer than the bytes. */
  private void copy(ByteBuffer to, int index, int from, int size) {
    switch (size) {
      case Integer.BYTES -> to.putInt(index, (int) INTS.get(elements, from));
      case Long.BYTES -> to.putLong(index, (long) LONGS.get(elements, from));
      default -> to.put(index, elements, from, size);
    }
  }
}
