package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.http.StateQuestions.Answer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok state scan}: the keys that begin so, and what is remembered about them. */
@Command(name = "scan", description = "Prints keys in their order, one JSON object a line, with what is remembered about each.", mixinStandardHelpOptions = true)
final class StateScanCommand implements Callable<Integer> {
  @Mixin private StateEndpoint instance = new StateEndpoint();
  @Mixin private KeyFormatOption format = new KeyFormatOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--prefix", paramLabel = "P", defaultValue = "", description = "Only keys that begin so.")
  private String prefix = "";

  @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "At most so many, up to 10000; ${DEFAULT-VALUE} if left out.")
  private int limit;

  @Override
  public Integer call() throws InterruptedException {
    if (limit < 1 || limit > 10_000) {
      throw new UsageException("--limit takes a number from 1 to 10000, not " + limit);
    }
    Answer answer = instance.ask("scan", Map.of("prefix", prefix, "format", format.word(), "limit", Integer.toString(limit)));
    PrintWriter out = spec.commandLine().getOut();
    if (answer.body().get("entries") instanceof List<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> object) {
          out.println(JsonText.of(object));
        }
      }
    }
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    StateScope.tell(answer, err);
    if (Boolean.TRUE.equals(answer.body().get("more"))) {
      err.println("note: there are more; give --limit or a longer --prefix");
    }
    return ExitCode.FINE;
  }
}
