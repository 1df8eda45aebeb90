package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.Repeats;
import io.yapok.schemas.internal.field.RowsDecoder;
import java.util.List;

/**
 * Reads a record whose array holds many rows. A field is looked for in the row first; where it is absent or null there, the value in the record around the rows
 * stands for it, wherever in the document that comes.
 *
 * <p>The document is walked once: rows and outer fields are passed over, checked, and their places noted. Then the rows are read, each from its place.
 */
final class RowsReader {
  private final JsonCursor cursor;
  private final RowReader rowReader;
  private final FieldTarget[] targets;
  private final String rowsPath;
  private final FieldNode outer = FieldNode.root();
  private final FieldNode inner = FieldNode.root();
  private final Repeats repeats = new Repeats();
  private long stamp;
  private int rowsAt;

  RowsReader(JsonCursor cursor, RowReader rowReader, List<FieldTarget> targets, String rowsPath) {
    this.cursor = cursor;
    this.rowReader = rowReader;
    this.targets = targets.toArray(FieldTarget[]::new);
    this.rowsPath = rowsPath;
    String prefix = rowsPath + ".";
    for (FieldTarget target : targets) {
      outer.add(target.path(), target);
      inner.add(target.path(), target);
      if (target.path().startsWith(prefix)) {
        inner.add(target.path().substring(prefix.length()), target);
      }
    }
    outer.addRows(rowsPath);
  }

  /** Reads the object at the cursor to the document's end. Answers how many rows it holds, which may be none. */
  int read(Batch batch, int firstRow) {
    stamp++;
    rowsAt = -1;
    repeats.start();
    noteMembers(outer);
    cursor.expectEnd();
    if (rowsAt < 0) {
      throw new BadRecordException(RejectReason.MISSING_FIELD, rowsPath, "an array of rows expected, the field is absent or null");
    }
    cursor.moveTo(rowsAt);
    int count = 0;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      int first = cursor.peek();
      if (first != '{') {
        throw new BadRecordException(RejectReason.WRONG_TYPE, rowsPath, "an object expected" + in(count) + ", " + JsonCursor.kind(first) + " came");
      }
      readRow(batch, firstRow, count);
      count++;
    }
    return count;
  }

  private void readRow(Batch batch, int firstRow, int index) {
    int row = firstRow + index;
    RowsDecoder.reserve(batch, row + 1L);
    long rowStamp = readInner(batch, row, index);
    int end = cursor.position();
    for (FieldTarget target : targets) {
      if (!target.isFilled(rowStamp)) {
        readOuter(batch, target, row, index);
      }
    }
    cursor.moveTo(end);
  }

  private long readInner(Batch batch, int row, int index) {
    try {
      return rowReader.readObject(batch, inner, row);
    } catch (BadRecordException bad) {
      throw bad.field().isEmpty() ? bad : new BadRecordException(bad.reason(), bad.field(), bad.text() + in(index));
    }
  }

  private void readOuter(Batch batch, FieldTarget target, int row, int index) {
    int place = target.notedAt(stamp);
    if (place < 0 && !target.hasFallback()) {
      throw target.missing(in(index));
    }
    if (place < 0) {
      rowReader.fill(batch, target, row);
    } else if (target.copied() >= 0 && target.isPlain()) {
      batch.column(target.slot()).copyRow(target.copied(), row);
    } else {
      cursor.moveTo(place);
      rowReader.readValue(batch, target, row);
      repeats.add(target, cursor.position() - place);
      target.setCopied(row);
    }
  }

  private void noteMembers(FieldNode node) {
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      FieldNode child = node.child(cursor.textBytes(), cursor.textStart(), cursor.textEnd());
      int first = cursor.peek();
      if (child == null) {
        cursor.skipValue();
      } else {
        note(child, first);
      }
    }
  }

  private void note(FieldNode node, int first) {
    if (node.markSeen(stamp)) {
      throw node.duplicate();
    }
    int start = cursor.position();
    if (node.holdsRows()) {
      noteRows(node, first, start);
      return;
    }
    for (FieldTarget target : node.targets()) {
      if ((first != 'n' || target.keepsNull()) && target.note(stamp, start)) {
        throw node.duplicate();
      }
    }
    if (node.hasChildren() && first == '{') {
      noteMembers(node);
      return;
    }
    cursor.skipValue();
    if (node.hasChildren() && first != 'n') {
      throw node.notAnObject(first);
    }
  }

  private void noteRows(FieldNode node, int first, int start) {
    cursor.skipValue();
    if (first == 'n') {
      return;
    }
    if (first != '[') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, rowsPath, "an array of rows expected, " + JsonCursor.kind(first) + " came");
    }
    if (rowsAt >= 0) {
      throw node.duplicate();
    }
    rowsAt = start;
    for (FieldTarget target : node.targets()) {
      target.note(stamp, start);
    }
  }

  private String in(int index) {
    return ", in " + rowsPath + "[" + index + "]";
  }
}
