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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok state get}: what is remembered about one key. */
@Command(
    name = "get",
    description = {"Prints what is remembered about a key, and who said so: its owner, a standby, or an instance that has not got all keys (local).", "Exits with 1 where nothing is remembered."},
    mixinStandardHelpOptions = true)
final class StateGetCommand implements Callable<Integer> {
  @Mixin private StateEndpoint instance = new StateEndpoint();
  @Mixin private KeyFormatOption format = new KeyFormatOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "1", paramLabel = "KEY", description = "The key.")
  private String key = "";

  @Option(names = "--json", description = "Print it on one line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Answer answer = instance.ask("get", Map.of("key", key, "format", format.word()));
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? JsonText.of(answer.body()) : JsonText.indented(answer.body()));
    out.flush();
    return answer.status() == 200 ? ExitCode.FINE : ExitCode.INPUT;
  }
}
