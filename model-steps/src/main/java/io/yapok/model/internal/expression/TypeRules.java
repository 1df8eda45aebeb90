package io.yapok.model.internal.expression;

import io.yapok.model.internal.kernel.Op;
import io.yapok.model.internal.kernel.Term;
import io.yapok.model.internal.kernel.ValueType;
import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.RowShape;
import java.util.List;

/** The type of what an operator gives; the arguments' kinds are known to fit. */
final class TypeRules {
  private TypeRules() {}

  static ValueType result(Op op, List<Term> args) throws MismatchException {
    ValueType first = args.getFirst().type();
    return switch (op) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> pair(first, args.get(1).type(), false);
      case POW -> pair(first, args.get(1).type(), true);
      case REMAINDER -> remainder(first, args.get(1).type());
      case NEGATE, ABS, FLOOR, CEIL, ROUND -> first;
      case EXP, LOG, SQRT -> floating(first);
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, IN, IS_NAN, IS_FINITE, TO_BOOL -> ValueType.scalar(Base.BOOL);
      case IF -> either(args.get(1).type(), args.get(2).type());
      case INDEX -> element(args.getFirst(), args.get(1));
      case LIST -> list(args);
      case SIZE -> ValueType.scalar(Base.INT64);
      case ARGMAX, ARGMIN -> ValueType.scalar(Base.INT64);
      case MIN, MAX -> args.size() == 1 ? scalarOf(first) : joined(args);
      case SUM -> scalarOf(first);
      case MEAN -> scalarOf(floating(first));
      case SOFTMAX -> ValueType.of(floating(first).base(), Shapes.vector(first));
      case TOP_K -> ValueType.of(Base.INT64, Shapes.top(first, args.get(1)));
      case TOP_K_VALUES -> ValueType.of(first.base(), Shapes.top(first, args.get(1)));
      case CONCAT -> ValueType.of(joined(args).base(), Shapes.concatenated(args));
      case CLAMP -> new ValueType(joined(args).base(), first.shape(), false);
      case TO_INT -> ValueType.of(Base.INT64, first.shape());
      case TO_DOUBLE -> ValueType.of(Base.FLOAT64, first.shape());
      case TO_FLOAT -> ValueType.of(Base.FLOAT32, first.shape());
      case TO_TEXT -> text(first);
    };
  }

  private static ValueType pair(ValueType left, ValueType right, boolean floating) throws MismatchException {
    ValueType type = new ValueType(ValueType.join(left, right), Shapes.paired(left, right), left.literal() && right.literal());
    return floating ? floating(type) : type;
  }

  private static ValueType remainder(ValueType left, ValueType right) throws MismatchException {
    if (left.base() != Base.INT64 || right.base() != Base.INT64) {
      throw new MismatchException("% takes whole numbers, not " + left + " and " + right, "convert with int(...)");
    }
    return pair(left, right, false);
  }

  private static ValueType floating(ValueType type) {
    return type.base().isFloating() ? type : new ValueType(Base.FLOAT64, type.shape(), type.literal());
  }

  private static ValueType scalarOf(ValueType vector) {
    return new ValueType(vector.base(), RowShape.SCALAR, vector.literal());
  }

  private static ValueType either(ValueType yes, ValueType no) throws MismatchException {
    if (!yes.base().isNumeric()) {
      return yes;
    }
    return new ValueType(ValueType.join(yes, no), Shapes.either(yes, no), yes.literal() && no.literal());
  }

  /** The scalar type that all arguments join in. */
  private static ValueType joined(List<Term> args) {
    ValueType joined = args.getFirst().type();
    for (Term next : args.subList(1, args.size())) {
      joined = new ValueType(ValueType.join(joined, next.type()), RowShape.SCALAR, joined.literal() && next.type().literal());
    }
    return scalarOf(joined);
  }

  private static ValueType list(List<Term> elements) throws MismatchException {
    ValueType first = elements.getFirst().type();
    for (Term element : elements) {
      if (!element.type().isScalar()) {
        throw new MismatchException("a list of vectors", "put them together with concat(...)");
      }
      if (Kind.of(element.type()) != Kind.of(first)) {
        throw new MismatchException("a list of " + first + " and " + element.type(), "list values of one kind");
      }
    }
    ValueType element = first.base().isNumeric() ? joined(elements) : first;
    return new ValueType(element.base(), RowShape.of(elements.size()), element.literal());
  }

  private static ValueType element(Term vector, Term index) throws MismatchException {
    if (index.type().base() != Base.INT64) {
      throw new MismatchException("an index of type " + index.type(), "convert it with int(...)");
    }
    Shapes.checkIndex(vector.type(), index);
    return scalarOf(vector.type());
  }

  private static ValueType text(ValueType from) throws MismatchException {
    if (from.base().isFloating()) {
      throw new MismatchException("string does not take " + from, "make it a whole number first: string(int(round(x)))");
    }
    return ValueType.scalar(Base.TEXT);
  }
}
