package io.yapok.schemas;

/** A column would have to grow beyond {@link Column#MAX_BYTES}: the record that asks for it is rejected as too large. */
public final class ColumnFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ColumnFullException(String message) {
    super(message);
  }
}
