package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.http.StateQuestions.Answer;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok state count}: about how many keys there are. */
@Command(name = "count", description = "Prints about how many keys are remembered: RocksDB's own estimate.", mixinStandardHelpOptions = true)
final class StateCountCommand implements Callable<Integer> {
  @Mixin private StateEndpoint instance = new StateEndpoint();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Answer answer = instance.ask("count", Map.of());
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonText.of(answer.body()) : answer.body().get("count"));
    out.flush();
    StateScope.tell(answer, spec.commandLine().getErr());
    return ExitCode.FINE;
  }
}
