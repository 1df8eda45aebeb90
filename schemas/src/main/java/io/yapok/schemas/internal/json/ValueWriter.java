package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.internal.field.Halves;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one row of a column as JSON: a scalar as it is, a shape as nested arrays, labelled elements as an object. */
final class ValueWriter {
  private final byte[] name;
  private final int slot;
  private final int rank;
  private final byte[][] labels;

  /** For the column in a slot, under a name. */
  ValueWriter(String name, int slot, ColumnSpec spec) {
    this.name = quoted(name);
    this.slot = slot;
    this.rank = spec.shape().rank();
    this.labels = labels(spec.labels());
  }

  /** {@code "name":} with the quotes and the colon. */
  static byte[] quoted(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    JsonBuffer buffer = new JsonBuffer();
    buffer.text(utf8, 0, utf8.length);
    buffer.raw(':');
    return buffer.toArray();
  }

  void writeName(JsonBuffer out) {
    out.raw(name);
  }

  void write(Batch batch, int row, JsonBuffer out) {
    Column column = batch.column(slot);
    int start = column.start(row);
    if (labels.length > 0) {
      writeLabelled(column, start, out);
    } else if (rank == 0) {
      writeElement(column, start, out);
    } else {
      writeAxis(column, row, 0, start, out);
    }
  }

  private void writeLabelled(Column column, int start, JsonBuffer out) {
    out.raw('{');
    for (int i = 0; i < labels.length; i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.raw(labels[i]);
      writeElement(column, start + i, out);
    }
    out.raw('}');
  }

  /** Writes an axis and all axes inside it. Answers the element after the last one written. */
  private int writeAxis(Column column, int row, int axis, int start, JsonBuffer out) {
    int size = column.dim(row, axis);
    int element = start;
    out.raw('[');
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.raw(',');
      }
      if (axis == rank - 1) {
        writeElement(column, element++, out);
      } else {
        element = writeAxis(column, row, axis + 1, element, out);
      }
    }
    out.raw(']');
    return element;
  }

  private static void writeElement(Column column, int element, JsonBuffer out) {
    switch (column.spec().type()) {
      case FLOAT32 -> out.number(column.floats().get(element));
      case FLOAT64 -> out.number(column.doubles().get(element));
      case FLOAT16 -> out.number(Float.float16ToFloat(column.shorts().get(element)));
      case BFLOAT16 -> out.number(Halves.fromBrain(column.shorts().get(element)));
      case INT8 -> out.whole(column.bytes().get(element));
      case UINT8 -> out.whole(column.bytes().get(element) & 0xFF);
      case INT16 -> out.whole(column.shorts().get(element));
      case INT32 -> out.whole(column.ints().get(element));
      case INT64 -> out.whole(column.longs().get(element));
      case BOOL -> out.bool(column.bytes().get(element) != 0);
      case TEXT -> out.text(column.textPool(), column.textStart(element), column.textEnd(element));
      case JSON -> out.line(column.textPool(), column.textStart(element), column.textEnd(element));
    }
  }

  private static byte[][] labels(List<String> names) {
    return names.stream().map(ValueWriter::quoted).toArray(byte[][]::new);
  }
}
