package io.yapok.model.internal.kernel;

/** Arithmetic on whole numbers that fails the row, instead of wrapping around or throwing, where the answer is no 64-bit number. */
final class IntegerMath {
  private final Failures failures;

  IntegerMath(Failures failures) {
    this.failures = failures;
  }

  long add(long x, long y) {
    long sum = x + y;
    if (((x ^ sum) & (y ^ sum)) < 0) {
      overflow(x, "+", y);
    }
    return sum;
  }

  long subtract(long x, long y) {
    long difference = x - y;
    if (((x ^ y) & (x ^ difference)) < 0) {
      overflow(x, "-", y);
    }
    return difference;
  }

  long multiply(long x, long y) {
    long low = x * y;
    if (Math.multiplyHigh(x, y) != low >> 63) {
      overflow(x, "*", y);
    }
    return low;
  }

  long divide(long x, long y) {
    if (y == 0) {
      failures.fail("division of " + x + " by zero");
      return 0;
    }
    if (x == Long.MIN_VALUE && y == -1) {
      overflow(x, "/", y);
    }
    return x / y;
  }

  long remainder(long x, long y) {
    if (y == 0) {
      failures.fail("remainder of " + x + " by zero");
      return 0;
    }
    return x % y;
  }

  long negate(long x) {
    return subtract(0, x);
  }

  long abs(long x) {
    return x < 0 ? negate(x) : x;
  }

  /** Towards zero; as in CEL, the two limits themselves are out of range, since they are what larger numbers round to. */
  long truncate(double x) {
    if (!(x > -0x1p63 && x < 0x1p63)) {
      failures.fail(x + " is no 64-bit integer");
      return 0;
    }
    return (long) x;
  }

  private void overflow(long x, String operator, long y) {
    failures.fail("integer overflow in " + x + " " + operator + " " + y);
  }
}
