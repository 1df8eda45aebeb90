package io.yapok.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.internal.field.Utf8;
import io.yapok.schemas.internal.json.JacksonTree;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a record's rows hold, bit by bit, to be compared. */
final class Rows {
  private Rows() {}

  /** The values of all rows of a record, and that they are what their columns are for. */
  static List<Object> of(Batch batch, int record) {
    List<Object> values = new ArrayList<>();
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      for (int slot = 0; slot < batch.layout().columns().size(); slot++) {
        add(batch.column(slot), row, values);
      }
    }
    return values;
  }

  private static void add(Column column, int row, List<Object> values) {
    ColumnSpec spec = column.spec();
    int product = 1;
    for (int axis = 0; axis < spec.shape().rank(); axis++) {
      product *= column.dim(row, axis);
      values.add(column.dim(row, axis));
    }
    int start = column.start(row);
    int count = column.count(row);
    assertThat(count).as("elements of %s", spec).isEqualTo(product);
    if (spec.type().isPooled()) {
      for (int i = start; i < start + count; i++) {
        values.add(text(column, i));
      }
    } else {
      byte[] bytes = new byte[count * spec.type().bytes()];
      column.bytes().get(start * spec.type().bytes(), bytes);
      values.add(ByteBuffer.wrap(bytes));
      for (byte b : bytes) {
        if (spec.type() == ElementType.BOOL && (b & ~1) != 0) {
          throw new AssertionError(spec + " holds " + b);
        }
      }
    }
  }

  private static String text(Column column, int element) {
    int from = column.textStart(element);
    int to = column.textEnd(element);
    if (!Utf8.isValid(column.textPool(), from, to)) {
      throw new AssertionError(column.spec() + " holds what is no text");
    }
    String text = column.text(element);
    if (column.spec().type() == ElementType.JSON && !JacksonTree.isJson(java.util.Arrays.copyOfRange(column.textPool(), from, to))) {
      throw new AssertionError(column.spec() + " holds what is no JSON: " + text);
    }
    return text;
  }
}
