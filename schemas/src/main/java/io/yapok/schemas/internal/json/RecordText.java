package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;

/** Writes a record as JSON, for results that show it under {@code in}. Belongs to one encoder. */
public interface RecordText {
  /** Whether results have no {@code in} at all. */
  boolean isAbsent();

  /** Appends one line of JSON that says what the record did; its value is not null, and its decoder has accepted it. */
  void write(Batch batch, int record, JsonBuffer out);
}
