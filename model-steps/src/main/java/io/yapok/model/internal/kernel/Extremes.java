package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.ValueType.Base;

/** Where in a vector its largest or smallest element stands: the first of equals; NaN counts as the worst. */
final class Extremes {
  private final Failures failures;
  private final boolean max;

  Extremes(Failures failures, Op op) {
    this.failures = failures;
    this.max = op == Op.ARGMAX;
  }

  RowLong place(Lowering lowering, Term vector) {
    return vector.type().base() == Base.INT64 ? integerPlace(lowering.integerVector(vector)) : floatPlace(lowering.numberVector(vector));
  }

  private RowLong integerPlace(RowLongs vector) {
    return row -> {
      vector.load(row);
      int best = 0;
      for (int i = 1; i < vector.count; i++) {
        if (max ? vector.values[i] > vector.values[best] : vector.values[i] < vector.values[best]) {
          best = i;
        }
      }
      return checked(best, vector.count);
    };
  }

  private RowLong floatPlace(RowDoubles vector) {
    return row -> {
      vector.load(row);
      int best = 0;
      for (int i = 1; i < vector.count; i++) {
        if (isBetter(vector.values[i], vector.values[best])) {
          best = i;
        }
      }
      return checked(best, vector.count);
    };
  }

  private boolean isBetter(double candidate, double best) {
    return (max ? candidate > best : candidate < best) || (Double.isNaN(best) && !Double.isNaN(candidate));
  }

  private long checked(int best, int count) {
    if (count == 0) {
      failures.fail((max ? "argmax" : "argmin") + " of an empty vector");
    }
    return best;
  }
}
