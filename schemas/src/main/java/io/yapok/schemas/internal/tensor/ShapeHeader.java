package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.internal.field.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code yapok-shape: [2,7,4]}, which says what the length of a tensor does not: each of its dimensions, the rows first where records hold many. Belongs to one decoder. */
final class ShapeHeader {
  static final String NAME = "yapok-shape";

  /** Longer ones are not read, nor repeated in messages. */
  private static final int MAX_LENGTH = 256;

  /** A tensor with a larger dimension is no record. */
  private static final int MAX_DIM = Integer.MAX_VALUE / 10 - 1;

  private final RowShape shape;
  private final boolean manyRows;
  private final int[] told;

  /** A reader of headers for rows of this shape. */
  ShapeHeader(RowShape shape, boolean manyRows) {
    this.shape = shape;
    this.manyRows = manyRows;
    this.told = new int[shape.rank() + (manyRows ? 1 : 0)];
  }

  /**
   * Reads a header and puts the dimensions of a row where they belong.
   *
   * @param dims of a row, each to be filled
   * @return how many rows there are
   * @throws BadRecordException if it is not there, is no shape, or not the model's
   */
  int read(byte @Nullable [] value, int[][] dims) {
    if (value == null) {
      throw new BadRecordException(RejectReason.MISSING_FIELD, NAME, "a header with the shape of the tensor expected, as " + wanted() + ", there is none");
    }
    if (!parse(value)) {
      throw bad(value, RejectReason.WRONG_TYPE);
    }
    int lead = told.length - shape.rank();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis) != RowShape.DYNAMIC && shape.dim(axis) != told[lead + axis]) {
        throw bad(value, RejectReason.WRONG_SHAPE);
      }
    }
    for (int[] row : dims) {
      System.arraycopy(told, lead, row, 0, row.length);
    }
    return manyRows ? told[0] : 1;
  }

  /** How many elements the last shape read has; at most {@link Long#MAX_VALUE} / 8, so that bytes can be counted. */
  long elements() {
    long elements = 1;
    for (int dim : told) {
      elements = dim == 0 || elements == 0 ? 0 : elements > Long.MAX_VALUE / 8 / dim ? Long.MAX_VALUE / 8 : elements * dim;
    }
    return elements;
  }

  /** The last shape read. */
  String text() {
    return Arrays.toString(told);
  }

  /** Whole numbers with commas between them, in brackets or not; spaces do not count. */
  private boolean parse(byte[] value) {
    int end = value.length;
    int p = 0;
    if (end > 1 && value[0] == '[' && value[end - 1] == ']') {
      p++;
      end--;
    }
    for (int axis = 0; axis < told.length; axis++) {
      p = number(value, p, end, axis);
      boolean last = axis == told.length - 1;
      if (p < 0 || (last ? p != end : p == end || value[p++] != ',')) {
        return false;
      }
    }
    return value.length <= MAX_LENGTH;
  }

  /** Reads a dimension with the spaces around it. Answers where it ends, or -1 if there is none. */
  private int number(byte[] value, int from, int end, int axis) {
    int p = spaces(value, from, end);
    int first = p;
    int number = 0;
    while (p < end && value[p] >= '0' && value[p] <= '9') {
      if (number > MAX_DIM) {
        return -1;
      }
      number = number * 10 + value[p++] - '0';
    }
    told[axis] = number;
    return p == first ? -1 : spaces(value, p, end);
  }

  private static int spaces(byte[] value, int from, int end) {
    int p = from;
    while (p < end && value[p] == ' ') {
      p++;
    }
    return p;
  }

  private String wanted() {
    String row = shape.toString().replace(" ", "");
    return manyRows ? "[?" + (shape.rank() == 0 ? "" : ",") + row.substring(1) : row;
  }

  private BadRecordException bad(byte[] value, RejectReason reason) {
    String came = new String(value, 0, Math.min(value.length, MAX_LENGTH), StandardCharsets.UTF_8);
    return new BadRecordException(reason, NAME, "a shape expected, as " + wanted() + ", " + came + " came");
  }
}
