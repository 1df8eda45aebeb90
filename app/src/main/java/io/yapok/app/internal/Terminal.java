package io.yapok.app.internal;

import java.io.Console;
import java.util.Optional;

/** Whether a person looks at what is printed. */
public final class Terminal {
  private Terminal() {}

  /** True if standard input and output are a terminal: lines may then be drawn over. */
  public static boolean isInteractive() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
