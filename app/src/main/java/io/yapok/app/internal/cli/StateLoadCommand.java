package io.yapok.app.internal.cli;

import io.yapok.app.internal.WholeFile;
import io.yapok.app.internal.state.StateLoad;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok state load}: makes a stopped pipeline remember what a file says. */
@Command(
    name = "load",
    description = {
      "Makes a stopped pipeline remember what a file says that 'yapok state export' wrote, or another program in its form: all of it or nothing. The next start goes on with it.",
      "Keys that the file does not name stay as they are; 'yapok reset' forgets them first."
    },
    mixinStandardHelpOptions = true)
final class StateLoadCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private ApplicationOptions application = new ApplicationOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--input", required = true, paramLabel = "FILE", description = "What to load; - is standard input.")
  private String input = "-";

  @Option(names = "--repartition", description = "Place each key as Kafka's own partitioner does, whatever the lines say: for a topic with another number of partitions.")
  private boolean repartition;

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = PipelineDocument.read(file.path());
    PrintWriter err = spec.commandLine().getErr();
    ClusterCheck.requireBroker(cluster);
    String source = document.source().topic().value();
    StateLoad load = new StateLoad(Map.copyOf(cluster.client()), application.id(document), source, repartition, err::println);
    try (BufferedReader lines = open()) {
      err.printf(Locale.ROOT, "%,d lines loaded for %s%n", load.load(lines, input), application.id(document));
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the file cannot be read: " + WholeFile.reason(e), Where.of(input), "name a file of lines of JSON, in UTF-8"));
    }
    return ExitCode.FINE;
  }

  private BufferedReader open() throws IOException {
    return input.equals("-") ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)) : Files.newBufferedReader(Path.of(input));
  }
}
