package io.yapok.model;

/** A step that works on one batch's columns, again and again, on the thread that owns the batch. It owns the tensors that view those columns. */
public interface BoundStep extends AutoCloseable {
  /**
   * Runs once over all rows of the batch; the step's output columns then hold an answer for each row.
   *
   * <p>What a record's content causes rejects that record alone and is not thrown. Rows of rejected records are computed on or skipped; they never change
   * another row's answer.
   */
  void run();

  /** Frees tensors; idempotent. */
  @Override
  void close();
}
