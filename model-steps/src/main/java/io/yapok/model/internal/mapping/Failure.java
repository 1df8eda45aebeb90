package io.yapok.model.internal.mapping;

import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;

/** Why a row could not be mapped. One object a bound step, written where something fails and read at once by the same thread. */
final class Failure {
  private RejectReason reason = RejectReason.OUT_OF_RANGE;
  private String message = "";

  /** Notes why; answers false, for a caller that says so with its own result. */
  boolean because(RejectReason why, String what) {
    reason = why;
    message = what;
    return false;
  }

  Reject reject(String step, String field) {
    return new Reject(reason, step, field, message);
  }
}
