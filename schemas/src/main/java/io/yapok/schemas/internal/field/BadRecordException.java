package io.yapok.schemas.internal.field;

import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;

/** Unwinds the decoder to its entry, which rejects the record; has no stack trace, since a topic may be full of bad records. */
public final class BadRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final String field;

  public BadRecordException(RejectReason reason, String field, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.field = field;
  }

  public RejectReason reason() {
    return reason;
  }

  public String field() {
    return field;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** What is said of the record. */
  public Reject toReject() {
    return new Reject(reason, Reject.SOURCE, field, text());
  }
}
