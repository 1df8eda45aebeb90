package io.yapok.app.internal.cli;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.Where;
import io.yapok.topology.Pipeline;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok schema}: what a producer must send. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema (2020-12), or the Avro schema, of the records that a pipeline takes, from its document and its models' signatures.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print it on one line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Pipeline pipeline = Pipeline.load(file.path())) {
      CompiledSteps steps = pipeline.current();
      Map<String, Object> schema = schema(steps);
      out.println(json ? JsonText.of(schema) : JsonText.indented(schema));
      out.flush();
    }
    return ExitCode.FINE;
  }

  private Map<String, Object> schema(CompiledSteps steps) {
    String name = steps.document().name().value();
    return switch (steps.document().source().format()) {
      case JSON -> RecordSchemas.json(steps.source(), "records of pipeline " + name);
      case AVRO -> RecordSchemas.avro(steps.source(), name);
      case TENSOR, OIP -> throw new ProblemsException(new Problem("records that are tensors have no schema", Where.of(file.path().toString()), "see what the pipeline reads with 'yapok check'"));
    };
  }
}
