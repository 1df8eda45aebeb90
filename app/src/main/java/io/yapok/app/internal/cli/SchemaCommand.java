package io.yapok.app.internal.cli;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument;
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

  @Option(names = "--results", description = "Print the Avro schema that the pipeline's results are written with.")
  private boolean results;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Pipeline pipeline = Pipeline.load(file.path())) {
      CompiledSteps steps = pipeline.current();
      out.println(results ? resultSchema(steps) : schema(steps));
      out.flush();
    }
    return ExitCode.FINE;
  }

  private String resultSchema(CompiledSteps steps) {
    PipelineDocument.Sink sink = steps.document().sink();
    if (sink.format() != PipelineDocument.Format.AVRO) {
      throw new ProblemsException(new Problem("results that are not Avro have no schema", sink.where(), "write format: avro, or leave --results out"));
    }
    return RecordSchemas.avroResult(steps.result(), !json);
  }

  private String schema(CompiledSteps steps) {
    String name = steps.document().name().value();
    Map<String, Object> schema = switch (steps.document().source().format()) {
      case JSON -> RecordSchemas.json(steps.source(), "records of pipeline " + name);
      case AVRO -> RecordSchemas.avro(steps.source(), name);
      case TENSOR, OIP -> throw new ProblemsException(new Problem("records that are tensors have no schema", Where.of(file.path().toString()), "see what the pipeline reads with 'yapok check'"));
    };
    return json ? JsonText.of(schema) : JsonText.indented(schema);
  }
}
