package io.yapok.app.proof;

/**
 * What the median recovery from a kill must stay below: the dead member is noticed after the session time-out; its open transaction, which holds readers up and may hold the offsets too, is aborted when its
 * time is up and the broker looks.
 */
final class Bound {
  /** The broker's setting of how often it looks. */
  static final String SCAN_INTERVAL = "transaction.abort.timed.out.transaction.cleanup.interval.ms";

  private static final double SESSION_TIMEOUT = 8;
  private static final double TRANSACTION_TIMEOUT = 10;
  private static final double MARGIN = 4;

  private Bound() {}

  static double seconds(int scanMillis) {
    return Math.max(SESSION_TIMEOUT, TRANSACTION_TIMEOUT + scanMillis / 1000.0) + MARGIN;
  }

  static String text(int scanMillis) {
    return "max(session time-out " + SESSION_TIMEOUT + " s, transaction time-out " + TRANSACTION_TIMEOUT + " s + scan interval " + scanMillis / 1000.0 + " s) + " + MARGIN + " s";
  }
}
