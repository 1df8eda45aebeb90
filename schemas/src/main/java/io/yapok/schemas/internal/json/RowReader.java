package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.internal.field.Fallbacks;
import io.yapok.schemas.internal.field.FieldTarget;
import java.util.List;

/** Reads the object at the cursor into one row. Belongs to one decoder. */
final class RowReader {
  private final JsonCursor cursor;
  private final ValueReader values;
  private final FieldTarget[] targets;
  private long stamp;

  RowReader(JsonCursor cursor, List<FieldTarget> targets) {
    this.cursor = cursor;
    this.values = new ValueReader(cursor);
    this.targets = targets.toArray(FieldTarget[]::new);
  }

  /** Reads the fields of the object at the cursor. Answers the stamp under which {@link FieldTarget#isFilled} knows what was there. */
  long readObject(Batch batch, FieldNode root, int row) {
    stamp++;
    readMembers(batch, root, row);
    return stamp;
  }

  /** Reads the value at the cursor for one field. */
  void readValue(Batch batch, FieldTarget target, int row) {
    values.read(target, batch.column(target.slot()), row);
  }

  /** Writes the defaults of fields that were not there; a field that has none rejects the record. */
  void fillAbsent(Batch batch, int row, long rowStamp) {
    for (FieldTarget target : targets) {
      if (!target.isFilled(rowStamp)) {
        if (!target.hasFallback()) {
          throw target.missing("");
        }
        fill(batch, target, row);
      }
    }
  }

  /** Writes the default of one field, which has one. */
  void fill(Batch batch, FieldTarget target, int row) {
    Fallbacks.fill(target, batch.column(target.slot()), row);
  }

  private void readMembers(Batch batch, FieldNode node, int row) {
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      FieldNode child = node.child(cursor.textBytes(), cursor.textStart(), cursor.textEnd());
      int first = cursor.peek();
      if (child == null) {
        cursor.skipValue();
      } else {
        readField(batch, child, row, first);
      }
    }
  }

  private void readField(Batch batch, FieldNode node, int row, int first) {
    if (node.markSeen(stamp)) {
      throw node.duplicate();
    }
    int start = cursor.position();
    if (!node.hasTargets() && !node.hasChildren()) {
      cursor.skipValue();
    }
    for (FieldTarget target : node.targets()) {
      cursor.moveTo(start);
      if (first == 'n' && !target.keepsNull()) {
        cursor.skipValue();
        continue;
      }
      if (target.markFilled(stamp)) {
        throw node.duplicate();
      }
      readValue(batch, target, row);
    }
    if (node.hasChildren()) {
      cursor.moveTo(start);
      readInside(batch, node, row, first);
    }
  }

  private void readInside(Batch batch, FieldNode node, int row, int first) {
    if (first == '{') {
      readMembers(batch, node, row);
      return;
    }
    cursor.skipValue();
    if (first != 'n') {
      throw node.notAnObject(first);
    }
  }
}
