package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Column;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.FieldTarget;
import org.jspecify.annotations.Nullable;

/** Reads an array, of any depth, into a row of a column. Where a value's bytes are the column's own, a block is copied at once. */
final class ArrayReader {
  private final @Nullable ArrayReader inner;
  private final Element element;
  private final ValueNode skipped;
  private final int leastBytes;

  /**
   * An array.
   *
   * @param inner where it is one of arrays; {@code element} is what stands in the innermost
   * @param skipped passes over one entry
   */
  ArrayReader(@Nullable ArrayReader inner, Element element, ValueNode skipped) {
    this.inner = inner;
    this.element = element;
    this.skipped = skipped;
    this.leastBytes = skipped.leastBytes();
  }

  /** What stands in the innermost array. */
  Element element() {
    return element;
  }

  /** Consumes the array; {@code progress} knows how far the row has come. */
  void read(AvroInput in, RowTarget row, FieldTarget target, int level, ArrayProgress progress) {
    int length = 0;
    for (int count = in.readBlock(leastBytes); count > 0; count = in.readBlock(leastBytes)) {
      length += count;
      if (inner != null) {
        for (int i = 0; i < count; i++) {
          progress.enterArray(target, level);
          inner.read(in, row, target, level + 1, progress);
        }
      } else {
        readElements(in, row, target, level, count, progress);
      }
    }
    progress.endLevel(target, level, length);
  }

  private void readElements(AvroInput in, RowTarget row, FieldTarget target, int level, int count, ArrayProgress progress) {
    Column column = row.batch().column(target.slot());
    int start = column.start(row.row());
    if (!progress.isLeafLevel(level)) {
      progress.enterLeaf(target, level, "an element");
    }
    int limit = target.shape().elements();
    int fitting = limit < 0 ? count : Math.clamp((long) limit - progress.count(), 0, count);
    if (limit < 0 && !target.type().isPooled()) {
      column.reserveElements((long) start + progress.count() + count);
    }
    int width = element.copiedBytes();
    if (width > 0) {
      int from = in.position();
      in.skip(fitting * width);
      column.bytes().put((start + progress.count()) * width, in.bytes(), from, fitting * width);
      progress.add(fitting);
    } else {
      for (int i = 0; i < fitting; i++) {
        element.read(in, target, column, start + progress.count(), progress);
        progress.add(1);
      }
    }
    for (int i = fitting; i < count; i++) {
      skipped.read(in, row);
      progress.add(1);
    }
  }
}
