package io.yapok.app.internal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A command line that was run in this JVM, and what it said. */
public record Run(int code, String out, String err) {
  public static Run of(Object... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var text = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      text[i] = args[i].toString();
    }
    int code = Cli.run(new PrintWriter(out, true), new PrintWriter(err, true), text);
    return new Run(code, out.toString(), err.toString());
  }

  public List<String> errors() {
    return err.lines().toList();
  }
}
