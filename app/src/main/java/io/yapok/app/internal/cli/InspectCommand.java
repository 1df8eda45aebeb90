package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.model.ModelInspector;
import io.yapok.model.ModelReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok inspect}: a model as its user needs it. */
@Command(name = "inspect", description = "Shows what a model takes and gives, and how its rows batch.", mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL.onnx", description = "The model file.")
  private Path model = Path.of("");

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ModelReport report = ModelInspector.inspect(model);
    spec.commandLine().getOut().println(json ? JsonText.of(report.toMap()) : report.text());
    spec.commandLine().getOut().flush();
    return ExitCode.FINE;
  }
}
