package io.yapok.schemas;

import org.jspecify.annotations.Nullable;

/** Turns records' bytes into rows. Belongs to one thread; keeps scratch space between calls. */
public interface RecordDecoder {
  /**
   * Decodes the value of the batch's last record into rows after those that are there.
   *
   * <p>A value that cannot be decoded rejects the record (reason, {@link Reject#SOURCE}, field path, what was expected and what came) and leaves no row. Nothing is thrown for
   * what a record contains. A record whose array of rows is empty is no failure: it has no rows, goes through the steps as such, and its result has none (a ranking of no
   * candidates). A batch may so hold records and no row at all.
   *
   * @return false if the batch holds rows already and has no room for this record's ({@link Batch#maxRows}): nothing was written, and the caller takes the
   *     record back and runs the batch first. A record that does not fit an empty batch is rejected as {@link RejectReason#TOO_LARGE}.
   */
  boolean decode(Batch batch);

  /** The header that is read beside the value and comes as {@link Batch#setHeader}; null where the value says all, as it mostly does. */
  default @Nullable String header() {
    return null;
  }
}
