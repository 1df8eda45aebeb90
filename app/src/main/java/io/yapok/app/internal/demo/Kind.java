package io.yapok.app.internal.demo;

/** What a payment truly is. No model sees it. */
public enum Kind {
  /** A cardholder pays. */
  LEGITIMATE,
  /** A cardholder pays, and the record of it is broken: it must be rejected. */
  MALFORMED,
  /** Fraud: many tiny payments over the internet within a minute, to see whether a stolen number works, then a large one. */
  CARD_TESTING,
  /** Fraud: a copy of the magnetic stripe goes shopping, mostly abroad. */
  CLONED_CARD,
  /** Fraud: somebody shops with another's account. */
  TAKEOVER;

  /** Whether a cardholder did not want this payment. */
  public boolean isFraud() {
    return switch (this) {
      case LEGITIMATE, MALFORMED -> false;
      case CARD_TESTING, CLONED_CARD, TAKEOVER -> true;
    };
  }
}
