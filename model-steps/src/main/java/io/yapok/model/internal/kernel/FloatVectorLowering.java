package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;
import java.util.List;

/** Terms that are a vector of numbers a row, as float64; float32 is rounded by whoever observes it. */
final class FloatVectorLowering {
  private final Lowering lowering;
  private final Failures failures;

  FloatVectorLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
  }

  RowDoubles lower(Term term) {
    if (term.type().isScalar()) {
      return one(lowering.number(term));
    }
    if (term.type().base() == Base.INT64 || term.type().base() == Base.BOOL) {
      return widen(lowering.integerVector(term));
    }
    return switch (term) {
      case Term.Read read -> ColumnReads.floatVectors(lowering.column(read));
      case Apply apply -> apply(apply);
      case Term.IntegerConstant _, Term.FloatConstant _, Term.BoolConstant _, Term.TextConstant _ -> throw new IllegalStateException("no vector: " + term);
    };
  }

  private static RowDoubles one(RowDouble element) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        resize(1);
        values[0] = element.at(row);
      }
    };
  }

  private static RowDoubles widen(RowLongs vector) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = vector.values[i];
        }
      }
    };
  }

  private RowDoubles apply(Apply term) {
    return switch (term.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, POW -> pairwise(term);
      case FLOOR, CEIL, ROUND -> each(term.op(), observed(term.arg(0)));
      case NEGATE, ABS, EXP, LOG, SQRT -> each(term.op(), lower(term.arg(0)));
      case CLAMP -> clamp(lower(term.arg(0)), lowering.number(term.arg(1)), lowering.number(term.arg(2)));
      case IF -> choose(lowering.bool(term.arg(0)), lower(term.arg(1)), lower(term.arg(2)));
      case LIST, CONCAT -> join(term.args().stream().map(this::lower).toList());
      case SOFTMAX -> softmax(lower(term.arg(0)));
      case TO_DOUBLE -> observed(term.arg(0));
      case TO_FLOAT -> rounded(lower(term.arg(0)));
      case TOP_K_VALUES -> TopK.floats(lowering, term.arg(0), term.arg(1));
      default -> throw new IllegalStateException("no vector of floats: " + term.op());
    };
  }

  /** Elements as they would be stored. */
  private RowDoubles observed(Term term) {
    boolean computed = term.type().base() == Base.FLOAT32 && !(term instanceof Term.Read);
    return computed ? rounded(lower(term)) : lower(term);
  }

  private static RowDoubles rounded(RowDoubles vector) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = (float) vector.values[i];
        }
      }
    };
  }

  private static double combine(Op op, double x, double y) {
    return switch (op) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      default -> Math.pow(x, y);
    };
  }

  private RowDoubles pairwise(Apply term) {
    RowDoubles left = lower(term.arg(0));
    RowDoubles right = lower(term.arg(1));
    Pairing pairing = new Pairing(term, failures);
    return new RowDoubles() {
      @Override
      void load(int row) {
        left.load(row);
        right.load(row);
        resize(pairing.count(left.count, right.count));
        for (int i = 0; i < count; i++) {
          values[i] = combine(term.op(), left.values[pairing.left(i)], right.values[pairing.right(i)]);
        }
      }
    };
  }

  private static double apply(Op op, double x) {
    return switch (op) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      default -> FloatMath.round(x);
    };
  }

  private static RowDoubles each(Op op, RowDoubles vector) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = apply(op, vector.values[i]);
        }
      }
    };
  }

  private static RowDoubles clamp(RowDoubles vector, RowDouble low, RowDouble high) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        double least = low.at(row);
        double most = high.at(row);
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = Math.min(Math.max(vector.values[i], least), most);
        }
      }
    };
  }

  private static RowDoubles choose(RowBool condition, RowDoubles yes, RowDoubles no) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        RowDoubles chosen = condition.at(row) ? yes : no;
        chosen.load(row);
        values = chosen.values;
        count = chosen.count;
      }
    };
  }

  private static RowDoubles join(List<RowDoubles> parts) {
    RowDoubles[] all = parts.toArray(RowDoubles[]::new);
    return new RowDoubles() {
      @Override
      void load(int row) {
        int total = 0;
        for (RowDoubles part : all) {
          part.load(row);
          total += part.count;
        }
        resize(total);
        int place = 0;
        for (RowDoubles part : all) {
          System.arraycopy(part.values, 0, values, place, part.count);
          place += part.count;
        }
      }
    };
  }

  /** The largest element is subtracted first, so that no exponential overflows. */
  private static RowDoubles softmax(RowDoubles vector) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
          largest = Math.max(largest, vector.values[i]);
        }
        for (int i = 0; i < count; i++) {
          values[i] = Math.exp(vector.values[i] - largest);
        }
        double sum = FloatMath.sum(this);
        for (int i = 0; i < count; i++) {
          values[i] /= sum;
        }
      }
    };
  }
}
