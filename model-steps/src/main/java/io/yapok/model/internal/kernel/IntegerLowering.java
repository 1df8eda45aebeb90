package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;

/** Terms that are one whole number a row. */
final class IntegerLowering {
  private final Lowering lowering;
  private final IntegerMath math;
  private final Failures failures;

  IntegerLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
    this.math = new IntegerMath(failures);
  }

  RowLong lower(Term term) {
    return switch (term) {
      case Term.IntegerConstant constant -> {
        long value = constant.value();
        yield row -> value;
      }
      case Term.Read read -> ColumnReads.integers(lowering.column(read));
      case Apply apply -> apply(apply);
      case Term.FloatConstant _, Term.BoolConstant _, Term.TextConstant _ -> throw new IllegalStateException("no integer: " + term);
    };
  }

  private RowLong apply(Apply term) {
    return switch (term.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> arithmetic(term.op(), lower(term.arg(0)), lower(term.arg(1)));
      case NEGATE -> {
        RowLong x = lower(term.arg(0));
        yield row -> math.negate(x.at(row));
      }
      case ABS -> {
        RowLong x = lower(term.arg(0));
        yield row -> math.abs(x.at(row));
      }
      case FLOOR, CEIL, ROUND -> lower(term.arg(0));
      case MIN, MAX -> term.args().size() == 1 ? vectorExtreme(term) : scalarExtreme(term);
      case SUM -> sum(lowering.integerVector(term.arg(0)));
      case CLAMP -> clamp(lower(term.arg(0)), lower(term.arg(1)), lower(term.arg(2)));
      case IF -> {
        RowBool condition = lowering.bool(term.arg(0));
        RowLong yes = lower(term.arg(1));
        RowLong no = lower(term.arg(2));
        yield row -> condition.at(row) ? yes.at(row) : no.at(row);
      }
      case INDEX -> element(lowering.integerVector(term.arg(0)), lower(term.arg(1)));
      case SIZE -> size(term.arg(0));
      case ARGMAX, ARGMIN -> new Extremes(failures, term.op()).place(lowering, term.arg(0));
      case TO_INT -> convert(term.arg(0));
      default -> throw new IllegalStateException("no integer: " + term.op());
    };
  }

  private RowLong arithmetic(Op op, RowLong x, RowLong y) {
    return switch (op) {
      case ADD -> row -> math.add(x.at(row), y.at(row));
      case SUBTRACT -> row -> math.subtract(x.at(row), y.at(row));
      case MULTIPLY -> row -> math.multiply(x.at(row), y.at(row));
      case DIVIDE -> row -> math.divide(x.at(row), y.at(row));
      default -> row -> math.remainder(x.at(row), y.at(row));
    };
  }

  private RowLong scalarExtreme(Apply term) {
    boolean max = term.op() == Op.MAX;
    RowLong result = lower(term.arg(0));
    for (Term next : term.args().subList(1, term.args().size())) {
      RowLong x = result;
      RowLong y = lower(next);
      result = max ? row -> Math.max(x.at(row), y.at(row)) : row -> Math.min(x.at(row), y.at(row));
    }
    return result;
  }

  private RowLong vectorExtreme(Apply term) {
    boolean max = term.op() == Op.MAX;
    RowLongs vector = lowering.integerVector(term.arg(0));
    return row -> {
      vector.load(row);
      if (vector.count == 0) {
        failures.fail((max ? "max" : "min") + " of an empty vector");
        return 0;
      }
      long best = vector.values[0];
      for (int i = 1; i < vector.count; i++) {
        best = max ? Math.max(best, vector.values[i]) : Math.min(best, vector.values[i]);
      }
      return best;
    };
  }

  private RowLong sum(RowLongs vector) {
    return row -> {
      vector.load(row);
      long sum = 0;
      for (int i = 0; i < vector.count; i++) {
        sum = math.add(sum, vector.values[i]);
      }
      return sum;
    };
  }

  private static RowLong clamp(RowLong x, RowLong low, RowLong high) {
    return row -> Math.min(Math.max(x.at(row), low.at(row)), high.at(row));
  }

  private RowLong element(RowLongs vector, RowLong index) {
    return row -> {
      long place = index.at(row);
      vector.load(row);
      return Indexing.inside(place, vector.count, failures) ? vector.values[(int) place] : 0;
    };
  }

  private RowLong size(Term term) {
    if (term.type().base() == Base.TEXT) {
      return term.type().isScalar() ? textSize(lowering.text(term)) : textVectorSize(lowering.textVector(term));
    }
    if (term.type().base().isFloating()) {
      RowDoubles vector = lowering.numberVector(term);
      return row -> {
        vector.load(row);
        return vector.count;
      };
    }
    RowLongs vector = lowering.integerVector(term);
    return row -> {
      vector.load(row);
      return vector.count;
    };
  }

  private static RowLong textSize(RowText text) {
    return row -> {
      text.load(row);
      return text.codePoints();
    };
  }

  private static RowLong textVectorSize(RowTexts texts) {
    return row -> {
      texts.load(row);
      return texts.count;
    };
  }

  private RowLong convert(Term from) {
    return switch (from.type().base()) {
      case INT64 -> lower(from);
      case FLOAT32, FLOAT64 -> {
        RowDouble x = lowering.observed(from);
        yield row -> math.truncate(x.at(row));
      }
      case BOOL -> {
        RowBool x = lowering.bool(from);
        yield row -> x.at(row) ? 1 : 0;
      }
      case TEXT -> {
        RowText x = lowering.text(from);
        TextNumbers numbers = new TextNumbers(failures);
        yield row -> {
          x.load(row);
          return numbers.parseLong(x);
        };
      }
    };
  }
}
