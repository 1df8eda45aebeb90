package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.Column;

/** Terms that are true or false for a row. */
final class BoolLowering {
  private final Lowering lowering;
  private final Failures failures;
  private final Comparisons comparisons;

  BoolLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
    this.comparisons = new Comparisons(lowering);
  }

  RowBool lower(Term term) {
    return switch (term) {
      case Term.BoolConstant constant -> {
        boolean value = constant.value();
        yield row -> value;
      }
      case Term.Read read -> {
        Column column = lowering.column(read);
        yield row -> column.bytes().get(row) != 0;
      }
      case Apply apply -> apply(apply);
      case Term.IntegerConstant _, Term.FloatConstant _, Term.TextConstant _ -> throw new IllegalStateException("neither true nor false: " + term);
    };
  }

  private RowBool apply(Apply term) {
    return switch (term.op()) {
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL -> comparisons.compare(term);
      case IN -> comparisons.among(term.arg(0), term.arg(1));
      case AND -> {
        RowBool x = lower(term.arg(0));
        RowBool y = lower(term.arg(1));
        yield row -> x.at(row) && y.at(row);
      }
      case OR -> {
        RowBool x = lower(term.arg(0));
        RowBool y = lower(term.arg(1));
        yield row -> x.at(row) || y.at(row);
      }
      case NOT -> {
        RowBool x = lower(term.arg(0));
        yield row -> !x.at(row);
      }
      case IF -> {
        RowBool condition = lower(term.arg(0));
        RowBool yes = lower(term.arg(1));
        RowBool no = lower(term.arg(2));
        yield row -> condition.at(row) ? yes.at(row) : no.at(row);
      }
      case INDEX -> element(lowering.integerVector(term.arg(0)), lowering.integer(term.arg(1)));
      case IS_NAN -> {
        RowDouble x = lowering.number(term.arg(0));
        yield row -> Double.isNaN(x.at(row));
      }
      case IS_FINITE -> {
        RowDouble x = lowering.observed(term.arg(0));
        yield row -> Double.isFinite(x.at(row));
      }
      case TO_BOOL -> convert(term.arg(0));
      default -> throw new IllegalStateException("neither true nor false: " + term.op());
    };
  }

  private RowBool element(RowLongs vector, RowLong index) {
    return row -> {
      long place = index.at(row);
      vector.load(row);
      return Indexing.inside(place, vector.count, failures) && vector.values[(int) place] != 0;
    };
  }

  private RowBool convert(Term from) {
    if (from.type().base() == Base.BOOL) {
      return lower(from);
    }
    if (from.type().base() == Base.TEXT) {
      RowText x = lowering.text(from);
      TextNumbers numbers = new TextNumbers(failures);
      return row -> {
        x.load(row);
        return numbers.parseBool(x);
      };
    }
    RowDouble x = lowering.observed(from);
    return row -> x.at(row) != 0;
  }
}
