package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import java.util.Arrays;

/** How far the reading of one value has come: how many elements, and which dimensions its arrays turn out to have. Belongs to one decoder. */
final class ArrayProgress {
  /** Arrays inside each other; deeper ones fit no shape. */
  static final int MAX_RANK = 32;

  private final int[] lengths = new int[MAX_RANK];
  private int rank;
  private int leafLevel;
  private int count;

  void start() {
    count = 0;
    rank = 0;
    leafLevel = -1;
  }

  /** Elements so far. */
  int count() {
    return count;
  }

  void add(int elements) {
    count += elements;
  }

  /** How many dimensions there are, once the value is read. */
  int rank() {
    return rank;
  }

  int length(int level) {
    return lengths[level];
  }

  /** An array starts inside the one at a level. */
  void enterArray(FieldTarget target, int level) {
    if (leafLevel >= 0 && leafLevel <= level) {
      throw mixed(target, '[');
    }
    if (level + 1 == MAX_RANK) {
      throw target.bad(RejectReason.WRONG_SHAPE, "arrays of more than " + MAX_RANK + " dimensions are not read");
    }
  }

  /** An element stands in the array at a level. */
  void enterLeaf(FieldTarget target, int level, int first) {
    if (leafLevel == level) {
      return;
    }
    if (leafLevel >= 0 || rank > level + 1) {
      throw mixed(target, first);
    }
    leafLevel = level;
  }

  /** The array at a level ends: all of one level have one length. */
  void endLevel(FieldTarget target, int level, int length) {
    if (level >= rank) {
      Arrays.fill(lengths, rank, level + 1, -1);
      rank = level + 1;
    }
    if (lengths[level] < 0) {
      lengths[level] = length;
    } else if (lengths[level] != length) {
      String message = "arrays of one length expected at depth " + (level + 1) + ", one of " + lengths[level] + " and one of " + length + " came";
      throw target.bad(RejectReason.WRONG_SHAPE, message);
    }
  }

  /** Whether the array's dimensions are the shape's, those of size 1 aside; a vector takes any nesting in its order. */
  boolean nestsLike(RowShape shape) {
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
  String shape() {
    return Arrays.toString(Arrays.copyOf(lengths, rank));
  }

  /** Where in an array, for messages; empty in a scalar. */
  String place() {
    return rank == 0 && leafLevel < 0 ? "" : " at element " + count;
  }

  private BadRecordException mixed(FieldTarget target, int first) {
    return target.bad(RejectReason.WRONG_SHAPE, "arrays of one depth expected, " + JsonCursor.kind(first) + " came beside other depths" + place());
  }
}
