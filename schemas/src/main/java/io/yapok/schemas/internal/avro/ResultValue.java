package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.internal.field.Halves;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** A column's value in results: a scalar as it is, a shape as nested arrays, labelled elements as a map. */
final class ResultValue {
  private final int slot;
  private final ColumnSpec spec;
  private final byte[][] labels;

  ResultValue(int slot, ColumnSpec spec) {
    this.slot = slot;
    this.spec = spec;
    this.labels = spec.labels().stream().map(label -> label.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Its type. */
  Schema type() {
    Schema type = Schema.create(primitive(spec.type()));
    if (labels.length > 0) {
      return Schema.createMap(type);
    }
    for (int axis = 0; axis < spec.shape().rank(); axis++) {
      type = Schema.createArray(type);
    }
    return type;
  }

  /** The type that holds elements of one of ours and loses nothing. */
  static Schema.Type primitive(ElementType type) {
    return switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> Schema.Type.FLOAT;
      case FLOAT64 -> Schema.Type.DOUBLE;
      case INT8, INT16, INT32, UINT8 -> Schema.Type.INT;
      case INT64 -> Schema.Type.LONG;
      case BOOL -> Schema.Type.BOOLEAN;
      case TEXT, JSON -> Schema.Type.STRING;
    };
  }

  void write(Batch batch, int row, AvroOutput out) {
    Column column = batch.column(slot);
    int start = column.start(row);
    if (labels.length > 0) {
      writeLabelled(column, start, out);
    } else {
      writeAxis(column, row, 0, start, out);
    }
  }

  private void writeLabelled(Column column, int start, AvroOutput out) {
    out.writeLong(labels.length);
    for (int i = 0; i < labels.length; i++) {
      out.writeBytes(labels[i], 0, labels[i].length);
      writeElement(column, start + i, out);
    }
    out.writeLong(0);
  }

  /** Writes an axis and all axes inside it. Answers the element after the last one written. */
  private int writeAxis(Column column, int row, int axis, int start, AvroOutput out) {
    if (axis == spec.shape().rank()) {
      writeElement(column, start, out);
      return start + 1;
    }
    int size = column.dim(row, axis);
    if (size > 0) {
      out.writeLong(size);
    }
    int element = start;
    for (int i = 0; i < size; i++) {
      element = writeAxis(column, row, axis + 1, element, out);
    }
    out.writeLong(0);
    return element;
  }

  private static void writeElement(Column column, int element, AvroOutput out) {
    switch (column.spec().type()) {
      case FLOAT32 -> out.writeFloat(column.floats().get(element));
      case FLOAT64 -> out.writeDouble(column.doubles().get(element));
      case FLOAT16 -> out.writeFloat(Float.float16ToFloat(column.shorts().get(element)));
      case BFLOAT16 -> out.writeFloat(Halves.fromBrain(column.shorts().get(element)));
      case INT8 -> out.writeLong(column.bytes().get(element));
      case UINT8 -> out.writeLong(column.bytes().get(element) & 0xFF);
      case INT16 -> out.writeLong(column.shorts().get(element));
      case INT32 -> out.writeLong(column.ints().get(element));
      case INT64 -> out.writeLong(column.longs().get(element));
      case BOOL -> out.writeBoolean(column.bytes().get(element) != 0);
      case TEXT, JSON -> out.writeBytes(column.textPool(), column.textStart(element), column.textEnd(element));
    }
  }
}
