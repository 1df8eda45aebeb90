package io.yapok.topology;

/** State cannot be asked now, since partitions move or a store is being restored; a moment later it can. An answer now might be a wrong "not there". */
public final class StateUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateUnavailableException(String message) {
    super(message);
  }

  public StateUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
