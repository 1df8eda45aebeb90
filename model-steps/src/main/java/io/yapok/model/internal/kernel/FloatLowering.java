package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;

/** Terms that are one floating-point number a row; float32 is computed in float64 and rounded by whoever observes it. */
final class FloatLowering {
  private final Lowering lowering;
  private final Failures failures;

  FloatLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
  }

  RowDouble lower(Term term) {
    return switch (term) {
      case Term.FloatConstant constant -> {
        double value = constant.value();
        yield row -> value;
      }
      case Term.Read read -> ColumnReads.floats(lowering.column(read));
      case Apply apply -> apply(apply);
      case Term.IntegerConstant _, Term.BoolConstant _, Term.TextConstant _ -> throw new IllegalStateException("no float: " + term);
    };
  }

  private RowDouble apply(Apply term) {
    return switch (term.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, POW -> arithmetic(term.op(), lowering.number(term.arg(0)), lowering.number(term.arg(1)));
      case FLOOR, CEIL, ROUND -> FloatMath.unary(term.op(), lowering.observed(term.arg(0)));
      case NEGATE, ABS, EXP, LOG, SQRT -> FloatMath.unary(term.op(), lowering.number(term.arg(0)));
      case MIN, MAX -> term.args().size() == 1 ? vectorExtreme(term) : scalarExtreme(term);
      case SUM -> sum(lowering.numberVector(term.arg(0)));
      case MEAN -> mean(lowering.numberVector(term.arg(0)));
      case CLAMP -> clamp(lowering.number(term.arg(0)), lowering.number(term.arg(1)), lowering.number(term.arg(2)));
      case IF -> {
        RowBool condition = lowering.bool(term.arg(0));
        RowDouble yes = lowering.number(term.arg(1));
        RowDouble no = lowering.number(term.arg(2));
        yield row -> condition.at(row) ? yes.at(row) : no.at(row);
      }
      case INDEX -> element(lowering.numberVector(term.arg(0)), lowering.integer(term.arg(1)));
      case TO_DOUBLE -> convert(term.arg(0));
      case TO_FLOAT -> {
        RowDouble x = convert(term.arg(0));
        yield row -> (float) x.at(row);
      }
      default -> throw new IllegalStateException("no float: " + term.op());
    };
  }

  private static RowDouble arithmetic(Op op, RowDouble x, RowDouble y) {
    return switch (op) {
      case ADD -> row -> x.at(row) + y.at(row);
      case SUBTRACT -> row -> x.at(row) - y.at(row);
      case MULTIPLY -> row -> x.at(row) * y.at(row);
      case DIVIDE -> row -> x.at(row) / y.at(row);
      default -> row -> Math.pow(x.at(row), y.at(row));
    };
  }

  private RowDouble scalarExtreme(Apply term) {
    boolean max = term.op() == Op.MAX;
    RowDouble result = lowering.number(term.arg(0));
    for (Term next : term.args().subList(1, term.args().size())) {
      RowDouble x = result;
      RowDouble y = lowering.number(next);
      result = max ? row -> Math.max(x.at(row), y.at(row)) : row -> Math.min(x.at(row), y.at(row));
    }
    return result;
  }

  private RowDouble vectorExtreme(Apply term) {
    RowDoubles vector = lowering.numberVector(term.arg(0));
    return term.op() == Op.MAX ? max(vector) : min(vector);
  }

  private RowDouble max(RowDoubles vector) {
    return row -> {
      vector.load(row);
      if (vector.count == 0) {
        failures.fail("max of an empty vector");
        return 0;
      }
      double[] values = vector.values;
      int count = vector.count;
      double best = values[0];
      for (int i = 1; i < count; i++) {
        best = Math.max(best, values[i]);
      }
      return best;
    };
  }

  private RowDouble min(RowDoubles vector) {
    return row -> {
      vector.load(row);
      if (vector.count == 0) {
        failures.fail("min of an empty vector");
        return 0;
      }
      double[] values = vector.values;
      int count = vector.count;
      double best = values[0];
      for (int i = 1; i < count; i++) {
        best = Math.min(best, values[i]);
      }
      return best;
    };
  }

  private static RowDouble sum(RowDoubles vector) {
    return row -> {
      vector.load(row);
      return FloatMath.sum(vector);
    };
  }

  private RowDouble mean(RowDoubles vector) {
    return row -> {
      vector.load(row);
      if (vector.count == 0) {
        failures.fail("mean of an empty vector");
        return 0;
      }
      return FloatMath.sum(vector) / vector.count;
    };
  }

  private static RowDouble clamp(RowDouble x, RowDouble low, RowDouble high) {
    return row -> Math.min(Math.max(x.at(row), low.at(row)), high.at(row));
  }

  private RowDouble element(RowDoubles vector, RowLong index) {
    return row -> {
      long place = index.at(row);
      vector.load(row);
      return Indexing.inside(place, vector.count, failures) ? vector.values[(int) place] : 0;
    };
  }

  private RowDouble convert(Term from) {
    if (from.type().base() == Base.BOOL) {
      RowBool x = lowering.bool(from);
      return row -> x.at(row) ? 1 : 0;
    }
    if (from.type().base() == Base.TEXT) {
      RowText x = lowering.text(from);
      TextNumbers numbers = new TextNumbers(failures);
      return row -> {
        x.load(row);
        return numbers.parseDouble(x);
      };
    }
    return lowering.observed(from);
  }
}
