package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.Term.Apply;
import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.Column;
import java.util.List;

/** Terms that are a vector of whole numbers or truth values a row. */
final class IntegerVectorLowering {
  private final Lowering lowering;
  private final Failures failures;
  private final IntegerMath math;

  IntegerVectorLowering(Lowering lowering) {
    this.lowering = lowering;
    this.failures = lowering.failures();
    this.math = new IntegerMath(failures);
  }

  RowLongs lower(Term term) {
    if (term.type().isScalar()) {
      return one(term);
    }
    return switch (term) {
      case Term.Read read -> read(lowering.column(read));
      case Apply apply -> apply(apply);
      case Term.IntegerConstant _, Term.FloatConstant _, Term.BoolConstant _, Term.TextConstant _ -> throw new IllegalStateException("no vector: " + term);
    };
  }

  private RowLongs one(Term term) {
    if (term.type().base() == Base.BOOL) {
      RowBool bool = lowering.bool(term);
      return one(row -> bool.at(row) ? 1 : 0);
    }
    return one(lowering.integer(term));
  }

  private static RowLongs one(RowLong element) {
    return new RowLongs() {
      @Override
      void load(int row) {
        resize(1);
        values[0] = element.at(row);
      }
    };
  }

  private static RowLongs read(Column column) {
    RowLong element = ColumnReads.integers(column);
    return new RowLongs() {
      @Override
      void load(int row) {
        int start = column.start(row);
        resize(column.count(row));
        for (int i = 0; i < count; i++) {
          values[i] = element.at(start + i);
        }
      }
    };
  }

  private RowLongs apply(Apply term) {
    return switch (term.op()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> pairwise(term);
      case NEGATE, ABS -> each(term.op(), lower(term.arg(0)));
      case FLOOR, CEIL, ROUND -> lower(term.arg(0));
      case CLAMP -> clamp(lower(term.arg(0)), lowering.integer(term.arg(1)), lowering.integer(term.arg(2)));
      case IF -> choose(lowering.bool(term.arg(0)), lower(term.arg(1)), lower(term.arg(2)));
      case LIST, CONCAT -> join(term.args().stream().map(this::lower).toList());
      case TO_INT -> truncate(term.arg(0));
      case TOP_K -> TopK.places(lowering, term.arg(0), term.arg(1));
      case TOP_K_VALUES -> TopK.integers(lowering, term.arg(0), term.arg(1));
      default -> throw new IllegalStateException("no vector of integers: " + term.op());
    };
  }

  private long combine(Op op, long x, long y) {
    return switch (op) {
      case ADD -> math.add(x, y);
      case SUBTRACT -> math.subtract(x, y);
      case MULTIPLY -> math.multiply(x, y);
      case DIVIDE -> math.divide(x, y);
      default -> math.remainder(x, y);
    };
  }

  private RowLongs pairwise(Apply term) {
    RowLongs left = lower(term.arg(0));
    RowLongs right = lower(term.arg(1));
    Pairing pairing = new Pairing(term, failures);
    return new RowLongs() {
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

  private RowLongs each(Op op, RowLongs vector) {
    return new RowLongs() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = op == Op.ABS ? math.abs(vector.values[i]) : math.negate(vector.values[i]);
        }
      }
    };
  }

  private static RowLongs clamp(RowLongs vector, RowLong low, RowLong high) {
    return new RowLongs() {
      @Override
      void load(int row) {
        long least = low.at(row);
        long most = high.at(row);
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = Math.min(Math.max(vector.values[i], least), most);
        }
      }
    };
  }

  private static RowLongs choose(RowBool condition, RowLongs yes, RowLongs no) {
    return new RowLongs() {
      @Override
      void load(int row) {
        RowLongs chosen = condition.at(row) ? yes : no;
        chosen.load(row);
        values = chosen.values;
        count = chosen.count;
      }
    };
  }

  private static RowLongs join(List<RowLongs> parts) {
    RowLongs[] all = parts.toArray(RowLongs[]::new);
    return new RowLongs() {
      @Override
      void load(int row) {
        int total = 0;
        for (RowLongs part : all) {
          part.load(row);
          total += part.count;
        }
        resize(total);
        int place = 0;
        for (RowLongs part : all) {
          System.arraycopy(part.values, 0, values, place, part.count);
          place += part.count;
        }
      }
    };
  }

  private RowLongs truncate(Term from) {
    if (!from.type().base().isFloating()) {
      return lower(from);
    }
    RowDoubles vector = lowering.numberVector(from);
    boolean round = from.type().base() == Base.FLOAT32;
    return new RowLongs() {
      @Override
      void load(int row) {
        vector.load(row);
        resize(vector.count);
        for (int i = 0; i < count; i++) {
          values[i] = math.truncate(round ? (float) vector.values[i] : vector.values[i]);
        }
      }
    };
  }
}
