package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;

/** Comparison and membership. Numbers are compared in the type that both join in: a float32 and a literal as float32, so that {@code score >= 0.9} holds for 0.9. */
final class Comparisons {
  private final Lowering lowering;

  Comparisons(Lowering lowering) {
    this.lowering = lowering;
  }

  RowBool compare(Apply term) {
    Term left = term.arg(0);
    Term right = term.arg(1);
    return switch (left.type().base()) {
      case TEXT -> texts(term.op(), lowering.text(left), lowering.text(right));
      case BOOL -> bools(term.op(), lowering.bool(left), lowering.bool(right));
      case INT64, FLOAT32, FLOAT64 -> switch (ValueType.join(left.type(), right.type())) {
        case INT64 -> integers(term.op(), lowering.integer(left), lowering.integer(right));
        case FLOAT32 -> floats(term.op(), asFloat(left), asFloat(right));
        default -> floats(term.op(), lowering.observed(left), lowering.observed(right));
      };
    };
  }

  /** A literal rounds as the float32 that it meets. */
  private RowDouble asFloat(Term term) {
    RowDouble exact = lowering.number(term);
    return term instanceof Term.Read ? exact : row -> (float) exact.at(row);
  }

  private static RowBool integers(Op op, RowLong x, RowLong y) {
    return switch (op) {
      case LESS -> row -> x.at(row) < y.at(row);
      case LESS_EQUAL -> row -> x.at(row) <= y.at(row);
      case GREATER -> row -> x.at(row) > y.at(row);
      case GREATER_EQUAL -> row -> x.at(row) >= y.at(row);
      case EQUAL -> row -> x.at(row) == y.at(row);
      default -> row -> x.at(row) != y.at(row);
    };
  }

  private static RowBool floats(Op op, RowDouble x, RowDouble y) {
    return switch (op) {
      case LESS -> row -> x.at(row) < y.at(row);
      case LESS_EQUAL -> row -> x.at(row) <= y.at(row);
      case GREATER -> row -> x.at(row) > y.at(row);
      case GREATER_EQUAL -> row -> x.at(row) >= y.at(row);
      case EQUAL -> row -> x.at(row) == y.at(row);
      default -> row -> x.at(row) != y.at(row);
    };
  }

  private static RowBool bools(Op op, RowBool x, RowBool y) {
    return op == Op.EQUAL ? row -> x.at(row) == y.at(row) : row -> x.at(row) != y.at(row);
  }

  private static RowBool texts(Op op, RowText x, RowText y) {
    return row -> {
      x.load(row);
      y.load(row);
      return switch (op) {
        case EQUAL -> x.sameAs(y);
        case NOT_EQUAL -> !x.sameAs(y);
        case LESS -> x.compareTo(y) < 0;
        case LESS_EQUAL -> x.compareTo(y) <= 0;
        case GREATER -> x.compareTo(y) > 0;
        default -> x.compareTo(y) >= 0;
      };
    };
  }

  /** Whether a value is one of a vector's elements; NaN never is. */
  RowBool among(Term value, Term vector) {
    if (value.type().base() == Base.TEXT) {
      return amongTexts(lowering.text(value), lowering.textVector(vector));
    }
    return switch (ValueType.join(value.type(), vector.type())) {
      case INT64 -> amongIntegers(lowering.integer(value), lowering.integerVector(vector));
      case FLOAT32 -> amongFloats(asFloat(value), lowering.numberVector(vector), true);
      default -> amongFloats(lowering.observed(value), lowering.numberVector(vector), vector.type().base() == Base.FLOAT32);
    };
  }

  private static RowBool amongTexts(RowText value, RowTexts vector) {
    return row -> {
      value.load(row);
      vector.load(row);
      for (int i = 0; i < vector.count; i++) {
        if (vector.element(i).sameAs(value)) {
          return true;
        }
      }
      return false;
    };
  }

  private static RowBool amongIntegers(RowLong value, RowLongs vector) {
    return row -> {
      long wanted = value.at(row);
      vector.load(row);
      for (int i = 0; i < vector.count; i++) {
        if (vector.values[i] == wanted) {
          return true;
        }
      }
      return false;
    };
  }

  private static RowBool amongFloats(RowDouble value, RowDoubles vector, boolean rounded) {
    return row -> {
      double wanted = value.at(row);
      vector.load(row);
      for (int i = 0; i < vector.count; i++) {
        double element = rounded ? (float) vector.values[i] : vector.values[i];
        if (element == wanted) {
          return true;
        }
      }
      return false;
    };
  }
}
