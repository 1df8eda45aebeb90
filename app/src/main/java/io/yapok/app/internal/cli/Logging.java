package io.yapok.app.internal.cli;

/** Sets the level that the logging configuration reads, before the first logger exists. */
final class Logging {
  private Logging() {}

  static void start(boolean verbose) {
    if (verbose) {
      System.setProperty("yapok.log.level", "INFO");
    }
  }
}
