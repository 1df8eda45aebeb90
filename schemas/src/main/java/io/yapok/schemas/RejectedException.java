package io.yapok.schemas;

/** What is said of a record when its result is written: it cannot be answered after all. Has no stack trace, since a topic may be full of such records. */
public final class RejectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reject reject;

  public RejectedException(Reject reject) {
    super(reject.message(), null, false, false);
    this.reject = reject;
  }

  /** Why. */
  public Reject reject() {
    return reject;
  }
}
