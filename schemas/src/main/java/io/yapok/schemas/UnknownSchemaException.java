package io.yapok.schemas;

/** A record names a schema that nobody knows: the record is rejected. */
public final class UnknownSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownSchemaException(String message) {
    super(message, null, false, false);
  }
}
