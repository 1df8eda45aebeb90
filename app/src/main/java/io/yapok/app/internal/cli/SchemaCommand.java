package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.Where;
import io.yapok.topology.Pipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok schema}: what a producer must send, and what Yapok writes for others. */
@Command(
    name = "schema",
    description = "Prints the JSON Schema (2020-12), or the Avro schema, of the records that a pipeline takes, from its document and its models' signatures; or an Avro schema of Yapok's own.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print it on one line.")
  private boolean json;

  @Option(names = "--results", description = "Print the Avro schema that the pipeline's results are written with.")
  private boolean results;

  /** Whose schema. */
  private static final class Subject {
    @Parameters(paramLabel = "PIPELINE.yaml", description = "The pipeline document.")
    private @Nullable Path pipeline;

    @Option(names = "--own", paramLabel = "NAME", description = "One of Yapok's own: ${COMPLETION-CANDIDATES}.", completionCandidates = OwnNames.class)
    private @Nullable OwnSchema own;
  }

  /** The names as people write them. */
  private static final class OwnNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(OwnSchema.values()).map(OwnSchema::label).iterator();
    }
  }

  @Override
  public Integer call() {
    if (subject.own != null && results) {
      throw new UsageException("--results is for a pipeline, and --own names a schema of no pipeline");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(subject.own == null ? ofPipeline(Objects.requireNonNull(subject.pipeline)) : subject.own.json(!json));
    out.flush();
    return ExitCode.FINE;
  }

  private String ofPipeline(Path file) {
    try (Pipeline pipeline = Pipeline.load(file)) {
      return results ? resultSchema(pipeline.current()) : schema(pipeline.current(), file);
    }
  }

  private String resultSchema(CompiledSteps steps) {
    PipelineDocument.Sink sink = steps.document().sink();
    if (sink.format() != PipelineDocument.Format.AVRO) {
      throw new ProblemsException(new Problem("results that are not Avro have no schema", sink.where(), "write format: avro, or leave --results out"));
    }
    return RecordSchemas.avroResult(steps.result(), !json);
  }

  private String schema(CompiledSteps steps, Path file) {
    String name = steps.document().name().value();
    Map<String, Object> schema = switch (steps.document().source().format()) {
      case JSON -> RecordSchemas.json(steps.source(), "records of pipeline " + name);
      case AVRO -> RecordSchemas.avro(steps.source(), name);
      case TENSOR, OIP -> throw new ProblemsException(new Problem("records that are tensors have no schema", Where.of(file.toString()), "see what the pipeline reads with 'yapok check'"));
    };
    return json ? JsonText.of(schema) : JsonText.indented(schema);
  }
}
