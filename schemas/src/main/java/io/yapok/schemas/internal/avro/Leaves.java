package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Column;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.json.JsonBuffer;
import org.apache.avro.Schema;

/** The values that go into columns. */
final class Leaves {
  private Leaves() {}

  /** A value for one field. */
  abstract static class Leaf extends ValueNode {
    private final FieldTarget target;
    private final int leastBytes;

    Leaf(FieldTarget target, int leastBytes) {
      this.target = target;
      this.leastBytes = leastBytes;
    }

    final FieldTarget target() {
      return target;
    }

    @Override
    final void read(AvroInput in, RowTarget row) {
      target.markFilled(row.stamp());
      readInto(row.batch().column(target.slot()), in, row);
    }

    abstract void readInto(Column column, AvroInput in, RowTarget row);

    @Override
    final int leastBytes() {
      return leastBytes;
    }
  }

  /** One element. */
  static final class Single extends Leaf {
    private final Element element;
    private final ArrayProgress progress;

    Single(FieldTarget target, Element element, ArrayProgress progress, int leastBytes) {
      super(target, leastBytes);
      this.element = element;
      this.progress = progress;
    }

    @Override
    void readInto(Column column, AvroInput in, RowTarget row) {
      progress.start();
      element.read(in, target(), column, column.start(row.row()), progress);
    }
  }

  /** An array of any depth. */
  static final class Many extends Leaf {
    private final ArrayReader array;
    private final ArrayProgress progress;

    Many(FieldTarget target, ArrayReader array, ArrayProgress progress) {
      super(target, 1);
      this.array = array;
      this.progress = progress;
    }

    @Override
    void readInto(Column column, AvroInput in, RowTarget row) {
      progress.start();
      array.read(in, row, target(), 0, progress);
      progress.end(target(), column);
    }
  }

  /** Bytes that are themselves the elements, of one byte each: an image, say. */
  static final class Octets extends Leaf {
    private final int size;
    private final ArrayProgress progress;

    /**
     * Bytes.
     *
     * @param size of a fixed; -1 where the length stands before them
     */
    Octets(FieldTarget target, int size, ArrayProgress progress) {
      super(target, size < 0 ? 1 : size);
      this.size = size;
      this.progress = progress;
    }

    @Override
    void readInto(Column column, AvroInput in, RowTarget row) {
      progress.start();
      int length = size < 0 ? in.readLength() : size;
      int from = in.position();
      in.skip(length);
      int start = column.start(row.row());
      int limit = target().shape().elements();
      if (limit < 0) {
        column.reserveElements((long) start + length);
      }
      column.bytes().put(start, in.bytes(), from, limit < 0 ? length : Math.min(length, limit));
      progress.enterLeaf(target(), 0, "a byte");
      progress.add(length);
      progress.endLevel(target(), 0, length);
      progress.end(target(), column);
    }
  }

  /** Whatever it is, as the JSON that says the same. */
  static final class AsJson extends Leaf {
    private final Schema schema;
    private final AvroJson json = new AvroJson();
    private final JsonBuffer buffer = new JsonBuffer();

    AsJson(FieldTarget target, Schema schema, int leastBytes) {
      super(target, leastBytes);
      this.schema = schema;
    }

    @Override
    void readInto(Column column, AvroInput in, RowTarget row) {
      buffer.clear();
      json.write(schema, in, buffer);
      byte[] text = buffer.toArray();
      column.appendText(text, 0, text.length);
    }
  }

  /** A value around the rows of a record: its place is kept, for the rows that do not have it themselves. */
  static final class Noted extends ValueNode {
    private final FieldTarget target;
    private final int index;
    private final ValueNode value;
    private final ValueNode skipped;
    private final ValueNode[] noted;

    /**
     * A value.
     *
     * @param index of the target in {@code noted}, which keeps by what the value is read
     */
    Noted(FieldTarget target, int index, ValueNode value, ValueNode skipped, ValueNode[] noted) {
      this.target = target;
      this.index = index;
      this.value = value;
      this.skipped = skipped;
      this.noted = noted;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      target.note(row.stamp(), in.position());
      noted[index] = value;
      skipped.read(in, row);
    }

    @Override
    int leastBytes() {
      return skipped.leastBytes();
    }
  }

  /** The array of a record's rows: its place is kept, and by what an entry is read. */
  static final class Rows extends ValueNode {
    private final ValueNode entry;
    private final ValueNode skipped;
    private final RowsPlace place;

    Rows(ValueNode entry, ValueNode skipped, RowsPlace place) {
      this.entry = entry;
      this.skipped = skipped;
      this.place = place;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      int from = in.position();
      skipped.read(in, row);
      place.note(from, in.position(), entry);
    }

    @Override
    int leastBytes() {
      return 1;
    }
  }
}
