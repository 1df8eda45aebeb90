package io.yapok.app.internal.cli;

import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.StreamOptions;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok reset}: forget how far a pipeline was and what it remembered, with Kafka's own tool. */
@Command(
    name = "reset",
    description = {
      "Sets a stopped pipeline's offsets back and deletes its internal topics, state among them, so that it starts anew; asks first.",
      "Results that it has written stay. State on the instances' disks is deleted when they start again."
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private ApplicationOptions application = new ApplicationOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--to", paramLabel = "earliest|latest", defaultValue = "earliest", description = "Where it starts anew; ${DEFAULT-VALUE} if left out.")
  private StreamOptions.From to = StreamOptions.From.EARLIEST;

  @Option(names = "--force", description = "Also when instances still run: their members are removed from the group.")
  private boolean force;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = PipelineDocument.read(file.path());
    List<List<String>> runs = Stream.of(arguments(document), tables(document)).filter(run -> !run.isEmpty()).toList();
    ClusterCheck.requireBroker(cluster);
    ResetTool tool = new ResetTool(cluster, spec.commandLine().getOut());
    PrintWriter out = spec.commandLine().getOut();
    out.println("This is what would happen:");
    for (List<String> run : runs) {
      List<String> dryRun = new ArrayList<>(run);
      dryRun.add("--dry-run");
      tool.run(dryRun);
    }
    if (!yes && !Confirmation.given(out)) {
      out.println("Nothing was changed.");
      return ExitCode.FINE;
    }
    runs.forEach(tool::run);
    return ExitCode.FINE;
  }

  private List<String> arguments(PipelineDocument document) {
    return arguments(document, document.source().topic().value(), to);
  }

  /** What was kept of partitioned tables is deleted with the other internal topics, so they are read from their beginning wherever the source begins. */
  private List<String> tables(PipelineDocument document) {
    String topics = document.tables().stream().filter(table -> !table.global()).map(table -> table.topic().value()).collect(Collectors.joining(","));
    return topics.isEmpty() ? List.of() : arguments(document, topics, StreamOptions.From.EARLIEST);
  }

  private List<String> arguments(PipelineDocument document, String topics, StreamOptions.From from) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--bootstrap-server", cluster.bootstrapServer()));
    arguments.addAll(List.of("--application-id", application.id(document)));
    arguments.addAll(List.of("--input-topics", topics));
    arguments.add("--to-" + from.name().toLowerCase(Locale.ROOT));
    if (cluster.commandConfig() != null) {
      arguments.addAll(List.of("--command-config", cluster.commandConfig().toString()));
    }
    if (force) {
      arguments.add("--force");
    }
    return arguments;
  }
}
