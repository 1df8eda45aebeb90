package io.yapok.model.internal.mapping;

/** Lays one part of a row out into the column of a model's input. Belongs to one batch and its thread. */
interface PartWriter {
  /**
   * Writes what elements of the part's column become.
   *
   * @param from the first element to read
   * @param count how many to read
   * @param to the first element to write; the column has room. Text is appended instead
   * @return false, with the failure noted, if one of them cannot be written
   */
  boolean write(int from, int count, int to);
}
