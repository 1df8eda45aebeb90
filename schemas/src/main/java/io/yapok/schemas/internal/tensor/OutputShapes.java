package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.internal.oip.Datatypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the header {@value #NAME}: name, type and shape of each part of a result's value, in its order. A header is made once where shapes are fixed, and anew
 * only when the number of rows changes from one record to the next, or for each record where a dimension is open.
 *
 * <p>Where the rows of one record have several shapes, runs of rows of one shape are joined by {@code +}.
 */
final class OutputShapes {
  static final String NAME = "yapok-outputs";

  private final boolean manyRows;
  private final Part[] outputs;
  private final Kept[] rankings;
  private final boolean open;
  private final int[] counts;
  private @Nullable ResultHeader last;

  OutputShapes(boolean manyRows, Part[] outputs, Kept[] rankings) {
    this.manyRows = manyRows;
    this.outputs = outputs;
    this.rankings = rankings;
    this.open = Arrays.stream(outputs).anyMatch(part -> !part.isFixed()) || Arrays.stream(rankings).flatMap(kept -> Arrays.stream(kept.fields())).anyMatch(part -> !part.isFixed());
    this.counts = new int[1 + rankings.length];
  }

  /** The header for a record of these rows; the one before if it says the same. */
  ResultHeader header(Batch batch, int from, int to) {
    ResultHeader header = last;
    boolean same = manyRows ? hasSameCounts(batch, from, to) : header != null;
    if (header == null || open || !same) {
      header = new ResultHeader(NAME, text(batch, from, to).getBytes(StandardCharsets.UTF_8));
      last = header;
    }
    return header;
  }

  private boolean hasSameCounts(Batch batch, int from, int to) {
    boolean same = counts[0] == to - from;
    counts[0] = to - from;
    for (int i = 0; i < rankings.length; i++) {
      int kept = rankings[i].count(batch, from, to);
      same &= counts[i + 1] == kept;
      counts[i + 1] = kept;
    }
    return same;
  }

  private String text(Batch batch, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (Part output : outputs) {
      begin(output, text);
      appendRows(output.spec().shape().rank(), batch.column(output.slot()), null, from, to, text);
    }
    for (Kept ranking : rankings) {
      int end = from + ranking.count(batch, from, to);
      text.append(text.isEmpty() ? "" : ",").append(HeaderText.name(ranking.name())).append(":INT32[").append(end - from).append(']');
      for (Part field : ranking.fields()) {
        begin(field, text);
        appendRows(field.spec().shape().rank(), batch.column(field.slot()), batch.column(ranking.orderSlot()), from, end, text);
      }
    }
    return text.toString();
  }

  private static void begin(Part part, StringBuilder text) {
    text.append(text.isEmpty() ? "" : ",").append(HeaderText.name(part.name())).append(':').append(Datatypes.of(part.spec().type()));
  }

  /** Appends the shapes of rows, looked up in {@code order} where there is one. */
  private void appendRows(int rank, Column column, @Nullable Column order, int from, int to, StringBuilder text) {
    if (!manyRows) {
      appendRun(rank, column, from, 1, text);
      return;
    }
    if (from == to) {
      appendEmpty(column, text);
      return;
    }
    int start = from;
    for (int entry = from + 1; entry <= to; entry++) {
      if (entry == to || !isSameShape(rank, column, row(order, start), row(order, entry))) {
        text.append(start > from ? "+" : "");
        appendRun(rank, column, row(order, start), entry - start, text);
        start = entry;
      }
    }
  }

  private void appendRun(int rank, Column column, int row, int rows, StringBuilder text) {
    text.append('[');
    if (manyRows) {
      text.append(rows).append(rank > 0 ? "," : "");
    }
    for (int axis = 0; axis < rank; axis++) {
      text.append(axis > 0 ? "," : "").append(column.dim(row, axis));
    }
    text.append(']');
  }

  /** No rows: an open dimension is 0. */
  private static void appendEmpty(Column column, StringBuilder text) {
    text.append("[0");
    for (int axis = 0; axis < column.spec().shape().rank(); axis++) {
      text.append(',').append(Math.max(0, column.spec().shape().dim(axis)));
    }
    text.append(']');
  }

  private static int row(@Nullable Column order, int entry) {
    return order == null ? entry : order.ints().get(entry);
  }

  private static boolean isSameShape(int rank, Column column, int row, int other) {
    for (int axis = 0; axis < rank; axis++) {
      if (column.dim(row, axis) != column.dim(other, axis)) {
        return false;
      }
    }
    return true;
  }
}
