package io.yapok.schemas.internal.json;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.FieldTarget;

/** Reads the value at the cursor into one row of a column: a scalar, or an array of any depth. Belongs to one decoder. */
public final class ValueReader {
  private final JsonCursor cursor;
  private final FloatRun run = new FloatRun();
  private final ArrayProgress progress = new ArrayProgress();
  private final ElementReader elements;

  /** Elements that the value may have; more are passed over and counted. -1 for any number. */
  private int limit;

  /** A reader at this cursor. */
  public ValueReader(JsonCursor cursor) {
    this.cursor = cursor;
    this.elements = new ElementReader(cursor, progress);
  }

  /** Consumes the value at the cursor, which is not null unless the column holds JSON, into a row that every row before it has been written for. */
  void read(FieldTarget target, Column column, int row) {
    if (target.type() == ElementType.JSON) {
      int from = cursor.position();
      cursor.skipValue();
      column.appendText(cursor.document(), from, cursor.position() - from);
      return;
    }
    progress.start();
    RowShape shape = target.shape();
    int first = cursor.peek();
    if (first == '[' && shape.rank() > 0) {
      readArray(target, column, row);
    } else if (shape.elements() == 1 && first != '[') {
      elements.read(target, column, column.start(row), first);
    } else {
      cursor.skipValue();
      String wanted = shape.rank() == 0 ? target.wanted() : "an array of " + target.wantedMany();
      throw target.bad(RejectReason.WRONG_TYPE, wanted + " expected, " + JsonCursor.kind(first) + " came");
    }
  }

  /**
   * Consumes an array, of any depth, with so many elements for some rows together.
   *
   * @param start the first one's place in the column, which has room for them
   * @throws io.yapok.schemas.internal.field.BadRecordException if there are more or fewer
   */
  public void readElements(FieldTarget target, Column column, int start, int count) {
    progress.start();
    limit = count;
    int first = cursor.peek();
    if (first != '[') {
      throw target.bad(RejectReason.WRONG_TYPE, "an array of " + target.wantedMany() + " expected, " + JsonCursor.kind(first) + " came");
    }
    readLevel(target, column, start, 0);
    if (progress.count() != count) {
      throw target.bad(RejectReason.WRONG_SHAPE, "the shape says " + count + " " + target.wantedMany() + ", " + progress.count() + " came");
    }
  }

  private void readArray(FieldTarget target, Column column, int row) {
    limit = target.shape().elements();
    readLevel(target, column, column.start(row), 0);
    progress.end(target, column);
  }

  private void readLevel(FieldTarget target, Column column, int start, int level) {
    int length = 0;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      int first = cursor.peek();
      if (first == '[') {
        progress.enterArray(target, level);
        readLevel(target, column, start, level + 1);
        length++;
      } else {
        if (!progress.isLeafLevel(level)) {
          progress.enterLeaf(target, level, JsonCursor.kind(first));
        }
        length += readLeaves(target, column, start, first);
      }
    }
    progress.endLevel(target, level, length);
  }

  /** Reads one element or a run of them. Answers how many. */
  private int readLeaves(FieldTarget target, Column column, int start, int first) {
    int read = readRun(target, column, start);
    if (read == 0) {
      readNext(target, column, start, first);
      return 1;
    }
    return read;
  }

  /** Reads plain numbers from the cursor on, as far as they fit. Answers how many; with none the cursor stays. */
  private int readRun(FieldTarget target, Column column, int start) {
    int room = limit - progress.count();
    if (room <= 0) {
      return 0;
    }
    int read =
        switch (target.type()) {
          case FLOAT32 -> run.readFloats(cursor.document(), cursor.position(), column.floats(), start + progress.count(), room);
          case FLOAT64 -> run.readDoubles(cursor.document(), cursor.position(), column.doubles(), start + progress.count(), room);
          case FLOAT16, BFLOAT16, INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> 0;
        };
    if (read > 0) {
      cursor.moveTo(run.end());
      progress.add(read);
    }
    return read;
  }

  private void readNext(FieldTarget target, Column column, int start, int first) {
    if (limit >= 0 && progress.count() >= limit) {
      cursor.skipValue();
    } else {
      if (limit < 0 && !target.type().isPooled()) {
        column.reserveElements((long) start + progress.count() + 1);
      }
      elements.read(target, column, start + progress.count(), first);
    }
    progress.add(1);
  }
}
