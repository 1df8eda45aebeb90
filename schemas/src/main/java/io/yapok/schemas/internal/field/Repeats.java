package io.yapok.schemas.internal.field;

import io.yapok.schemas.RejectReason;

/** What stands around a record's rows and is read anew for each of them: a record of a large text and many small rows would be that text times the rows. Belongs to one decoder. */
public final class Repeats {
  private static final long MOST_BYTES = 1 << 25;

  private long bytes;

  /** Begins a record. */
  public void start() {
    bytes = 0;
  }

  /**
   * Counts a value of so many bytes that was read for one more row.
   *
   * @throws BadRecordException if they have become too many
   */
  public void add(FieldTarget target, int count) {
    bytes += count;
    if (bytes > MOST_BYTES) {
      throw new BadRecordException(RejectReason.TOO_LARGE, target.path(), "what stands around the rows would be repeated in them to more than " + MOST_BYTES + " bytes");
    }
  }
}
