package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.WholeFile;
import io.yapok.app.internal.state.StateExport;
import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.StateTopics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok state export}: all that a pipeline remembers, as lines of JSON. */
@Command(
    name = "export",
    description = {"Writes what a pipeline remembers, as far as it is committed now, one JSON object a line and key. Instances may run or not.", "The file appears when it is whole."},
    mixinStandardHelpOptions = true)
final class StateExportCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private ApplicationOptions application = new ApplicationOptions();
  @Mixin private KeyFormatOption format = new KeyFormatOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to write; - is standard output.")
  private String output = "-";

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = PipelineDocument.read(file.path());
    PrintWriter err = spec.commandLine().getErr();
    ClusterCheck.requireBroker(cluster);
    try (WholeFile whole = WholeFile.begin(output, file.path())) {
      long written;
      try (Writer out = new BufferedWriter(new OutputStreamWriter(whole.out(), StandardCharsets.UTF_8), 1 << 16)) {
        written = StateExport.write(Map.copyOf(cluster.client()), StateTopics.changelog(application.id(document)), format.format(), out, err::println);
      }
      whole.keep();
      err.printf(Locale.ROOT, "%,d lines written to %s%n", written, output.equals("-") ? "standard output" : output);
    } catch (IOException | UncheckedIOException e) {
      throw new EnvironmentException("writing failed: " + e.getMessage(), output, "look at the disk, or at who reads", e);
    }
    return ExitCode.FINE;
  }
}
