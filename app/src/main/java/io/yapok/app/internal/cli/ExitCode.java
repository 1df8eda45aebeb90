package io.yapok.app.internal.cli;

/** What a script can trust. */
final class ExitCode {
  static final int FINE = 0;
  /** What the user wrote is wrong: a pipeline, a model, a configuration, records nobody took care of. */
  static final int INPUT = 1;
  /** The command line itself is wrong. */
  static final int USAGE = 2;
  /** Something around the program: no broker, a port taken, no disk. */
  static final int ENVIRONMENT = 3;

  private ExitCode() {}
}
