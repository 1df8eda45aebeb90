package io.yapok.perf;

import io.yapok.perf.internal.cli.BenchCommand;

/** The benchmarks' own program: {@code ./yapok bench NAME} starts it. */
public final class Main {
  private Main() {}

  /** Runs one benchmark and ends the JVM with its exit code: 0 fine, 1 slower than recorded (of the gate), 2 usage, 3 it could not be run or a contestant answered wrongly. */
  public static void main(String[] args) {
    System.exit(BenchCommand.run(args));
  }
}
