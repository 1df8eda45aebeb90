package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.WholeFile;
import io.yapok.app.internal.rejects.RejectFilter;
import io.yapok.app.internal.rejects.Rejects;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RejectFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok rejects export}: rejects as records of a file, for whatever tool looks for what they have in common. */
@Command(
    name = "export",
    description = {
      "Writes rejected records into an Avro object container file: why, where each came from, key, headers and value.",
      "The file appears when it is whole. 'yapok schema --own reject' prints the schema of its records."
    },
    mixinStandardHelpOptions = true)
final class RejectsExportCommand implements Callable<Integer> {
  @Mixin private RejectsOptions options = new RejectsOptions();
  @Mixin private RejectChoice choice = new RejectChoice();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to write; - is standard output.")
  private String output = "-";

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = options.document();
    RejectFilter filter = choice.filter(document);
    PrintWriter err = spec.commandLine().getErr();
    try (Rejects rejects = options.open(document);
        WholeFile file = options.begin(output)) {
      long written;
      try (RejectFile records = new RejectFile(file.out())) {
        written = rejects.export(filter, records, err::println);
      }
      file.keep();
      err.printf(Locale.ROOT, "%,d rejects written to %s%n", written, output.equals("-") ? "standard output" : output);
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentException("writing failed: " + e.getMessage(), output, "look at the disk, or at who reads", e);
    }
    return ExitCode.FINE;
  }
}
