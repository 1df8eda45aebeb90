package io.yapok.schemas.internal.field;

import io.yapok.schemas.Column;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import java.util.Arrays;

/** How far the reading of one value has come: how many elements, and which dimensions its arrays turn out to have. Belongs to one decoder. */
public final class ArrayProgress {
  /** Arrays inside each other; deeper ones fit no shape. */
  private static final int MAX_RANK = 32;

  private final int[] lengths = new int[MAX_RANK];
  private int rank;
  private int leafLevel;
  private int count;

  /** A value begins. */
  public void start() {
    count = 0;
    rank = 0;
    leafLevel = -1;
  }

  /** Elements so far. */
  public int count() {
    return count;
  }

  /** So many elements more have been read. */
  public void add(int elements) {
    count += elements;
  }

  /** An array starts inside the one at a level. */
  public void enterArray(FieldTarget target, int level) {
    if (leafLevel >= 0 && leafLevel <= level) {
      throw mixed(target, "an array");
    }
    if (level + 1 == MAX_RANK) {
      throw target.bad(RejectReason.TOO_DEEP, "arrays of more than " + MAX_RANK + " dimensions are not read");
    }
  }

  /** Whether elements have been met in the arrays of a level. */
  public boolean isLeafLevel(int level) {
    return leafLevel == level;
  }

  /**
   * The first element stands in an array of a level.
   *
   * @param kind of the element, for messages
   */
  public void enterLeaf(FieldTarget target, int level, String kind) {
    if (leafLevel >= 0 || rank > level + 1) {
      throw mixed(target, kind);
    }
    leafLevel = level;
  }

  /** The array at a level ends: all of one level have one length. */
  public void endLevel(FieldTarget target, int level, int length) {
    if (level >= rank) {
      Arrays.fill(lengths, rank, level + 1, -1);
      rank = level + 1;
    }
    if (lengths[level] < 0) {
      lengths[level] = length;
    } else if (lengths[level] != length) {
      String message = "arrays of one length expected at depth " + (level + 1) + ", one of " + lengths[level] + " and one of " + length + " came";
      throw target.bad(RejectReason.UNEVEN_ROWS, message);
    }
  }

  /** Whether the array's dimensions are the shape's, those of size 1 aside; a vector takes any nesting in its order. */
  private boolean nestsLike(RowShape shape) {
    int axis = 0;
    int level = 0;
    boolean vector = true;
    boolean same = true;
    while (axis < shape.rank() || level < rank) {
      if (axis < shape.rank() && shape.dim(axis) == 1) {
        axis++;
      } else if (level < rank && lengths[level] == 1) {
        level++;
      } else {
        same &= axis < shape.rank() && level < rank && shape.dim(axis) == lengths[level];
        vector &= axis >= shape.rank() || shape.dim(axis) == shape.elements();
        axis++;
        level++;
      }
    }
    return same || vector || shape.elements() == 0 || flat();
  }

  private boolean flat() {
    for (int level = 0; level < rank; level++) {
      if (lengths[level] == count) {
        return true;
      }
    }
    return false;
  }

  /** The dimensions that came, for messages. */
  private String shape() {
    return Arrays.toString(Arrays.copyOf(lengths, rank));
  }

  /** Where in an array, for messages; empty in a scalar. */
  public String place() {
    return rank == 0 && leafLevel < 0 ? "" : " at element " + count;
  }

  /** The array is read: checks it against the target's shape, and ends the row of a dynamic one. */
  public void end(FieldTarget target, Column column) {
    RowShape shape = target.shape();
    if (shape.isFixed()) {
      checkFixed(target, shape);
    } else {
      endDynamicRow(target, column, shape);
    }
  }

  private void checkFixed(FieldTarget target, RowShape shape) {
    if (count != shape.elements()) {
      throw target.bad(RejectReason.WRONG_SHAPE, shape.elements() + " " + target.wantedMany() + " expected, " + count + " came");
    }
    if (rank > 1 && !nestsLike(shape)) {
      throw target.bad(RejectReason.WRONG_SHAPE, "an array of shape " + shape + " expected, one of " + shape() + " came");
    }
  }

  private void endDynamicRow(FieldTarget target, Column column, RowShape shape) {
    int[] dims = target.dims();
    boolean fits = rank == dims.length || (count == 0 && rank < dims.length);
    for (int axis = 0; fits && axis < dims.length; axis++) {
      dims[axis] = axis < rank ? lengths[axis] : Math.max(0, shape.dim(axis));
      fits = shape.dim(axis) == RowShape.DYNAMIC || shape.dim(axis) == dims[axis];
    }
    if (!fits) {
      throw target.bad(RejectReason.WRONG_SHAPE, "an array of shape " + shape + " expected, one of " + shape() + " came");
    }
    column.endRow(count, dims);
  }

  private BadRecordException mixed(FieldTarget target, String kind) {
    return target.bad(RejectReason.WRONG_SHAPE, "arrays of one depth expected, " + kind + " came beside other depths" + place());
  }
}
