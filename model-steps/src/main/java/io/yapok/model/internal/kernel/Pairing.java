package io.yapok.model.internal.kernel;

/** Which elements of two vectors meet: those in the same place, or each with the one scalar. Vectors of different lengths fail the row. */
final class Pairing {
  private final Failures failures;
  private final boolean leftScalar;
  private final boolean rightScalar;

  Pairing(Term.Apply term, Failures failures) {
    this.failures = failures;
    this.leftScalar = term.arg(0).type().isScalar();
    this.rightScalar = term.arg(1).type().isScalar();
  }

  /** How many elements the result has. */
  int count(int left, int right) {
    if (leftScalar || rightScalar) {
      return leftScalar ? right : left;
    }
    if (left != right) {
      failures.fail("vectors of " + left + " and " + right + " elements do not pair");
    }
    return Math.min(left, right);
  }

  int left(int index) {
    return leftScalar ? 0 : index;
  }

  int right(int index) {
    return rightScalar ? 0 : index;
  }
}
