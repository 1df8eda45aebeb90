package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Column;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.FieldTarget;

/** Reads one element of a column out of a value that holds no others: a number, a truth value, a text. */
interface Element {
  /**
   * Consumes the value at the input's place into the column's element; text is appended.
   *
   * @param progress says in messages where in an array this is
   */
  void read(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress);

  /** Bytes of a value that are the column's own, so that many can be copied at once; 0 if they are not. */
  default int copiedBytes() {
    return 0;
  }
}
