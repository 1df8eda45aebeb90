package io.yapok.app.internal.cli;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.Release;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceField;
import io.yapok.topology.Pipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok check}: every problem of a pipeline with its place, or what the pipeline reads and answers. */
@Command(name = "check", description = "Lists every problem of a pipeline, with its place.", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--registry", paramLabel = "URL", description = "Also compares what the pipeline reads with the schema that this registry has for the source topic's values.")
  private @Nullable String registry;

  @Option(names = "--subject", paramLabel = "NAME", description = "With --registry: the subject to compare with, or several; TOPIC-value if left out.")
  private List<String> subjects = List.of();

  @Option(names = "--release", paramLabel = "FILE", description = "Also compares what would run with this release, which 'yapok release' wrote.")
  private @Nullable Path release;

  @Override
  public Integer call() {
    if (registry == null && !subjects.isEmpty()) {
      throw new UsageException("--subject goes with --registry");
    }
    Release released = release == null ? null : Release.read(release);
    try (Pipeline pipeline = Pipeline.load(file.path())) {
      if (released != null) {
        ReleaseCheck.check(pipeline.current(), released);
      }
      if (registry != null) {
        new RegistryCheck(pipeline.current(), registry).compare(subjects);
      }
      describe(pipeline.current(), spec.commandLine().getOut());
      if (released != null) {
        spec.commandLine().getOut().println("release: as " + RejectsText.plain(released.by()) + " released it at " + released.time());
        spec.commandLine().getOut().flush();
      }
    }
    return ExitCode.FINE;
  }

  private static void describe(CompiledSteps steps, PrintWriter out) {
    out.println("fine: " + steps.document().name() + ", version " + steps.version());
    out.println("reads:   " + steps.source().fields().stream().map(field -> shown(steps, field)).distinct().collect(Collectors.joining(", ")));
    out.println("models:  " + steps.result().models().stream().map(CheckCommand::shown).collect(Collectors.joining(", ")));
    out.println("answers: " + steps.result().outputs().stream().map(output -> shown(steps, output)).collect(Collectors.joining(", ")));
    if (!steps.result().anomalies().isEmpty()) {
      out.println("flags:   " + steps.result().anomalies().stream().map(ResultSchema.Named::name).collect(Collectors.joining(", ")));
    }
    steps.notes().forEach(note -> out.println("note:    " + note));
    out.flush();
  }

  private static String shown(CompiledSteps steps, SourceField field) {
    var column = steps.layout().column(field.slot());
    String shape = column.shape().rank() == 0 ? "" : column.shape().toString();
    return field.path() + " (" + column.type().label() + shape + (field.fallback() == null ? "" : ", default " + field.fallback()) + ")";
  }

  private static String shown(CompiledSteps steps, ResultSchema.Named output) {
    var column = steps.layout().column(output.slot());
    String shape = column.shape().rank() == 0 ? "" : column.shape().toString();
    return output.name() + " (" + column.type().label() + shape + ")";
  }

  private static String shown(ModelVersion model) {
    return model.name() + " version " + model.version() + " (sha256 " + model.sha256().substring(0, 12) + "...)";
  }
}
