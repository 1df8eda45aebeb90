package io.yapok.app.internal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What {@code --help} says, for tests of other pages. */
public final class HelpPages {
  private HelpPages() {}

  /** The commands that {@code yapok --help} lists. */
  public static List<String> commands() {
    return help("--help").lines().dropWhile(line -> !line.startsWith("Commands:")).skip(1).filter(line -> line.matches("  [a-z]+ .*")).map(line -> line.strip().split(" ")[0]).toList();
  }

  /** A command's page. */
  public static String of(String command) {
    return help(command, "--help");
  }

  private static String help(String... args) {
    var out = new StringWriter();
    int code = Cli.run(new PrintWriter(out, true), new PrintWriter(out, true), args);
    if (code != 0) {
      throw new AssertionError(String.join(" ", args) + " ended with " + code + ": " + out);
    }
    return out.toString();
  }
}
