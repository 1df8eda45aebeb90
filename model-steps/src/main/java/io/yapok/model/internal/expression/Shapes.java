package io.yapok.model.internal.expression;

import io.yapok.model.internal.kernel.Op;
import io.yapok.model.internal.kernel.Term;
import io.yapok.model.internal.kernel.ValueType;
import io.yapok.schemas.RowShape;
import java.util.List;

/** How long vectors are. A scalar is a vector of one where a vector is asked for; shapes of several axes are one vector in row-major order. */
final class Shapes {
  private static final RowShape ANY = RowShape.of(RowShape.DYNAMIC);

  private Shapes() {}

  /** Operands of an operator that works on each element. */
  static RowShape paired(ValueType left, ValueType right) throws MismatchException {
    if (left.isScalar() || right.isScalar()) {
      return left.isScalar() ? right.shape() : left.shape();
    }
    if (left.shape().equals(right.shape())) {
      return left.shape();
    }
    if (left.shape().isFixed() && right.shape().isFixed()) {
      throw new MismatchException("vectors of shapes " + left.shape() + " and " + right.shape() + " do not pair", "use vectors of one shape");
    }
    return left.shape().isFixed() ? left.shape() : right.shape();
  }

  /** Branches of a conditional. */
  static RowShape either(ValueType yes, ValueType no) throws MismatchException {
    if (yes.shape().equals(no.shape())) {
      return yes.shape();
    }
    if (yes.shape().rank() > 1 || no.shape().rank() > 1) {
      throw new MismatchException("branches of shapes " + yes.shape() + " and " + no.shape(), "use vectors of one shape");
    }
    return ANY;
  }

  static RowShape vector(ValueType type) {
    return type.isScalar() ? RowShape.of(1) : type.shape();
  }

  static RowShape concatenated(List<Term> parts) {
    int total = 0;
    for (Term part : parts) {
      RowShape shape = vector(part.type());
      if (!shape.isFixed()) {
        return ANY;
      }
      total += shape.elements();
    }
    return RowShape.of(total);
  }

  /** The k best of a vector. */
  static RowShape top(ValueType vector, Term k) throws MismatchException {
    if (k.type().base() != ValueType.Base.INT64) {
      throw new MismatchException("a count of type " + k.type(), "convert it with int(...)");
    }
    if (!(k instanceof Term.IntegerConstant constant)) {
      return ANY;
    }
    RowShape shape = vector(vector);
    if (constant.value() < 1 || (shape.isFixed() && constant.value() > shape.elements())) {
      throw new MismatchException("the top " + constant.value() + " of a " + (vector.isScalar() ? "vector of 1" : vector), "ask for at least 1 and no more than there are");
    }
    return shape.isFixed() ? RowShape.of((int) constant.value()) : ANY;
  }

  /** Whether an index can be right at all. */
  static void checkIndex(ValueType vector, Term index) throws MismatchException {
    if (longAxes(vector.shape()) > 1) {
      throw new MismatchException("one index for values of shape " + vector.shape(), "index a vector");
    }
    RowShape shape = vector(vector);
    if (!shape.isFixed()) {
      return;
    }
    int count = shape.elements();
    if (index instanceof Term.IntegerConstant constant && (constant.value() < 0 || constant.value() >= count)) {
      throw new MismatchException("index " + constant.value() + " of a vector of " + count, "indices are 0 to " + (count - 1));
    }
    if (index instanceof Term.Apply apply && (apply.op() == Op.ARGMAX || apply.op() == Op.ARGMIN)) {
      RowShape chosenFrom = vector(apply.args().getFirst().type());
      if (chosenFrom.isFixed() && chosenFrom.elements() > count) {
        throw new MismatchException(count + " labels for a vector of " + chosenFrom.elements(), "give one label for each element");
      }
    }
  }

  private static int longAxes(RowShape shape) {
    int axes = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      axes += shape.dim(axis) == 1 ? 0 : 1;
    }
    return axes;
  }
}
