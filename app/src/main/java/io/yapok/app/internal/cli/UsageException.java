package io.yapok.app.internal.cli;

/** An option's value that its type alone does not rule out. Ends the program with exit code 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
