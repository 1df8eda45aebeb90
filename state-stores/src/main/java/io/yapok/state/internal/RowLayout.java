package io.yapok.state.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.Layout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** How a table's row lies in memory outside of any batch: the elements of its columns, one column after the other, but for texts, which are arrays of their own. Immutable. */
final class RowLayout {
  static final byte[][] NO_TEXTS = {};

  private static final byte[] NOTHING = {};

  /** In place of a size. */
  private static final int POOLED = -1;

  /** What a row has of each column, in bytes. */
  private final int[] sizes;

  private final int bytes;
  private final int texts;

  RowLayout(Layout row) {
    List<ColumnSpec> columns = row.columns();
    this.sizes = columns.stream().mapToInt(column -> column.type().isPooled() ? POOLED : column.bytesPerRow()).toArray();
    this.bytes = Arrays.stream(sizes).filter(size -> size != POOLED).reduce(0, Math::addExact);
    this.texts = columns.stream().filter(column -> column.type().isPooled()).mapToInt(column -> column.shape().elements()).sum();
  }

  /** What a row takes, texts not counted. */
  int bytes() {
    return bytes;
  }

  boolean hasTexts() {
    return texts > 0;
  }

  /** Those of a row of zeros. */
  byte[][] blankTexts() {
    byte[][] blank = new byte[texts][];
    Arrays.fill(blank, NOTHING);
    return blank;
  }

  /** Those of a batch's first row, copied. */
  byte[][] texts(Batch batch) {
    if (texts == 0) {
      return NO_TEXTS;
    }
    byte[][] copies = new byte[texts][];
    int text = 0;
    for (int i = 0; i < sizes.length; i++) {
      Column column = batch.column(i);
      for (int element = 0; sizes[i] == POOLED && element < column.spec().shape().elements(); element++) {
        copies[text++] = Arrays.copyOfRange(column.textPool(), column.textStart(element), column.textEnd(element));
      }
    }
    return copies;
  }

  /** Copies the rest of a batch's first row. */
  void read(Batch batch, ByteBuffer to, int index) {
    int at = index;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] != POOLED) {
        to.put(at, batch.column(i).bytes(), 0, sizes[i]);
        at += sizes[i];
      }
    }
  }

  /**
   * Writes what was copied as a row of a batch's columns: the next one of those that are pooled.
   *
   * @param columns of this layout, in its order, with room for the row where they are not pooled
   */
  void write(ByteBuffer from, int index, byte[][] texts, List<Column> columns, int row) {
    int at = index;
    int text = 0;
    for (int i = 0; i < sizes.length; i++) {
      Column column = columns.get(i);
      int size = sizes[i];
      if (size == POOLED) {
        for (int element = column.spec().shape().elements(); element > 0; element--) {
          byte[] utf8 = texts[text++];
          column.appendText(utf8, 0, utf8.length);
        }
      } else {
        copy(from, at, column.bytes(), row * size, size);
        at += size;
      }
    }
  }

  /** A copy of few bytes by the general method takes longer than the bytes. */
  private static void copy(ByteBuffer from, int at, ByteBuffer to, int index, int size) {
    switch (size) {
      case Integer.BYTES -> to.putInt(index, from.getInt(at));
      case Long.BYTES -> to.putLong(index, from.getLong(at));
      default -> to.put(index, from, at, size);
    }
  }
}
