package io.yapok.model.internal.kernel;

/** Arithmetic that scalars and vectors share. */
final class FloatMath {
  private FloatMath() {}

  static RowDouble unary(Op op, RowDouble x) {
    return switch (op) {
      case NEGATE -> row -> -x.at(row);
      case ABS -> row -> Math.abs(x.at(row));
      case EXP -> row -> Math.exp(x.at(row));
      case LOG -> row -> Math.log(x.at(row));
      case SQRT -> row -> Math.sqrt(x.at(row));
      case FLOOR -> row -> Math.floor(x.at(row));
      case CEIL -> row -> Math.ceil(x.at(row));
      case ROUND -> row -> round(x.at(row));
      default -> throw new IllegalStateException("takes more than one number: " + op);
    };
  }

  /** To the nearest whole number, halves away from zero. */
  static double round(double x) {
    double down = Math.floor(Math.abs(x));
    double rounded = Math.abs(x) - down >= 0.5 ? down + 1 : down;
    return Math.copySign(rounded, x);
  }

  static double sum(RowDoubles vector) {
    double sum = 0;
    for (int i = 0; i < vector.count; i++) {
      sum += vector.values[i];
    }
    return sum;
  }
}
