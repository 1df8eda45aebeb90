package io.yapok.app.internal.cli;

import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.TemporaryDirectory;
import io.yapok.app.internal.registry.RegistryProcess;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.SchemaRegistry;
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

/** {@code yapok dev}: a pipeline on an embedded Kafka that other programs of this machine can reach. */
@Command(
    name = "dev",
    description = "Runs a pipeline on an embedded Kafka, with its topics, that other programs on this machine can reach.",
    mixinStandardHelpOptions = true)
final class DevCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ServiceOptions service = new ServiceOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--port", paramLabel = "PORT", defaultValue = "9092", description = "The broker's port on 127.0.0.1, ${DEFAULT-VALUE} if left out; 0 is any free one.")
  private int port;

  @Option(names = "--data", paramLabel = "DIR", description = "Keep topics and state here; without it they are thrown away at the end.")
  private @Nullable Path data;

  @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", description = "Partitions of topics that are created; ${DEFAULT-VALUE} if left out.")
  private int partitions;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535 || partitions < 1) {
      throw new UsageException("--port takes a number from 0 to 65535, --partitions one from 1 on");
    }
    registry.check();
    try (StopSignal stop = new StopSignal();
        Pipeline pipeline = Pipeline.load(file.path());
        EmbeddedKafka kafka = start();
        TemporaryDirectory scratch = TemporaryDirectory.create("yapok-dev");
        RegistryProcess schemas = registry.start(scratch.path().resolve("registry"), data)) {
      Path state = (data == null ? scratch.path() : data).resolve("state");
      if (stop.isRaised() || (schemas != null && !schemas.awaitAnswer(stop::isRaised))) {
        return ExitCode.FINE;
      }
      return serve(pipeline, kafka, schemas == null ? Map.of() : registryOf(pipeline.document(), schemas), state, stop);
    }
  }

  /** Settings for the pipeline's clients: this registry, unless the document names one. */
  private Map<String, String> registryOf(PipelineDocument document, RegistryProcess schemas) {
    spec.commandLine().getErr().println("schema registry on " + schemas.url());
    return document.kafka().values().containsKey(SchemaRegistry.URL) ? Map.of() : Map.of(SchemaRegistry.URL, schemas.url());
  }

  private EmbeddedKafka start() {
    // whoever tries a pipeline produces history, which a retention by time deletes
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder().port(port).setting("num.partitions", Integer.toString(partitions)).setting("log.retention.ms", "-1");
    if (data != null) {
      builder.dataDirectory(data.resolve("kafka"));
    }
    return builder.start();
  }

  private int serve(Pipeline pipeline, EmbeddedKafka kafka, Map<String, String> settings, Path state, StopSignal stop) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    PipelineDocument document = pipeline.document();
    StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), document.name().value()).withThreads(service.threads()).withStateDirectory(state).withCreateTopics(true);
    pipeline.current().notes().forEach(note -> err.println("note: " + note));
    try (PipelineService running = PipelineService.start(pipeline, new ServiceSettings(options, settings, service.management()))) {
      running.management().ifPresent(address -> err.println("health and metrics on http://" + address));
      if (running.awaitRunning(stop)) {
        err.println("Kafka on " + kafka.bootstrapServers() + ": produce to " + document.source().topic() + ", consume from " + document.sink().topic() + "; Ctrl-C ends it");
      }
      Optional<Throwable> failure = running.awaitEnd(stop);
      return Endings.explain(failure, running.running(), err);
    }
  }
}
