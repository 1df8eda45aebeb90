package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.ValueType.Base;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;

/**
 * Turns terms into nodes over one batch's columns. Each kind of value has its own lowering, and they meet here; nodes keep scratch space, so they belong to the
 * batch's thread.
 */
final class Lowering {
  private final Batch batch;
  private final Failures failures;
  private final IntegerLowering integers;
  private final FloatLowering floats;
  private final BoolLowering bools;
  private final TextLowering texts;
  private final IntegerVectorLowering integerVectors;
  private final FloatVectorLowering floatVectors;

  Lowering(Batch batch, Failures failures) {
    this.batch = batch;
    this.failures = failures;
    this.integers = new IntegerLowering(this);
    this.floats = new FloatLowering(this);
    this.bools = new BoolLowering(this);
    this.texts = new TextLowering(this);
    this.integerVectors = new IntegerVectorLowering(this);
    this.floatVectors = new FloatVectorLowering(this);
  }

  Failures failures() {
    return failures;
  }

  Column column(Term.Read read) {
    return batch.column(read.slot());
  }

  /** A whole number; the term's base is {@link Base#INT64}. */
  RowLong integer(Term term) {
    return integers.lower(term);
  }

  /** A number of any numeric base, unrounded. */
  RowDouble number(Term term) {
    if (term.type().base() == Base.INT64) {
      RowLong whole = integer(term);
      return row -> whole.at(row);
    }
    return floats.lower(term);
  }

  /** A number as it would be stored: a float32 that was computed is rounded. */
  RowDouble observed(Term term) {
    RowDouble exact = number(term);
    boolean computed = term.type().base() == Base.FLOAT32 && !(term instanceof Term.Read);
    return computed ? row -> (float) exact.at(row) : exact;
  }

  RowBool bool(Term term) {
    return bools.lower(term);
  }

  RowText text(Term term) {
    return texts.lower(term);
  }

  RowTexts textVector(Term term) {
    return texts.lowerVector(term);
  }

  /** Whole numbers or truth values; a scalar is a vector of one. */
  RowLongs integerVector(Term term) {
    return integerVectors.lower(term);
  }

  /** Numbers of any numeric base; a scalar is a vector of one. */
  RowDoubles numberVector(Term term) {
    return floatVectors.lower(term);
  }
}
