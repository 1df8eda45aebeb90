package io.yapok.app.internal.cli;

import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok run}: a pipeline on a real cluster until it is stopped. */
@Command(
    name = "run",
    description = "Runs a pipeline on a cluster. Start it again elsewhere with the same application id to scale.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private ApplicationOptions application = new ApplicationOptions();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--state-dir", paramLabel = "DIR", description = "Where state is kept; a folder under the temporary one if left out.")
  private @Nullable Path stateDirectory;

  @Option(
      names = "--from",
      paramLabel = "earliest|latest",
      defaultValue = "earliest",
      description = "Where a group without offsets begins; ${DEFAULT-VALUE} if left out, so that no record is passed over.")
  private StreamOptions.From from = StreamOptions.From.EARLIEST;

  @Option(names = "--create-topics", description = "Create the pipeline's topics where they are missing.")
  private boolean createTopics;

  @Option(names = "--group-protocol", paramLabel = "classic|streams", defaultValue = "classic", description = "Who shares partitions out; ${DEFAULT-VALUE} if left out.")
  private StreamOptions.GroupProtocol groupProtocol = StreamOptions.GroupProtocol.CLASSIC;

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "Where other instances reach this one's management port, to ask for the state of keys that it has. Whoever reaches the port can then read state.")
  private @Nullable String advertised;

  @Option(names = "--serve-state", description = "Show state to whoever reaches the management port; without it, only where that is on loopback.")
  private boolean serveState;

  @Override
  public Integer call() throws InterruptedException {
    try (StopSignal stop = new StopSignal();
        Pipeline pipeline = Pipeline.load(file.path())) {
      return stop.isRaised() ? ExitCode.FINE : serve(pipeline, stop);
    }
  }

  private int serve(Pipeline pipeline, StopSignal stop) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Map<String, String> kafka = cluster.client();
    kafka.remove("bootstrap.servers"); // the option says it
    StreamOptions options =
        StreamOptions.of(cluster.bootstrapServer(), application.id(pipeline.document()))
            .withThreads(service.threads())
            .withFrom(from)
            .withCreateTopics(createTopics)
            .withGroupProtocol(groupProtocol);
    if (stateDirectory != null) {
      options = options.withStateDirectory(stateDirectory);
    }
    if (advertised != null) {
      options = options.withAdvertised(advertised(advertised));
    }
    pipeline.current().notes().forEach(note -> err.println("note: " + note));
    try (PipelineService running = PipelineService.start(pipeline, new ServiceSettings(options, kafka, service.management(), serveState))) {
      running.management().ifPresent(address -> err.println("health and metrics on http://" + address));
      if (running.awaitRunning(stop)) {
        err.println("running " + pipeline.document().name() + " version " + pipeline.current().version() + " as " + options.applicationId());
      }
      Optional<Throwable> failure = running.awaitEnd(stop);
      return Endings.explain(failure, running.running(), err);
    }
  }

  /** An address that others can be told. */
  private String advertised(String address) {
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("[1-9][0-9]{0,4}")) {
      throw new UsageException("--advertise takes HOST:PORT, not " + address);
    }
    if (service.management() == null) {
      throw new UsageException("--advertise needs a management port");
    }
    return address;
  }
}
