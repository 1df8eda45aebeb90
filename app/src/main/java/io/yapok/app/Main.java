package io.yapok.app;

import io.yapok.app.internal.cli.Cli;

/** The program. {@code ./yapok} starts it; what it can do is in {@link Cli}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(Cli.run(args));
  }
}
