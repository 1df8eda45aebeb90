package io.yapok.app.internal.cli;

import io.yapok.app.internal.registry.RegistryProcess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a schema registry runs beside the embedded broker, and where. */
final class RegistryOptions {
  @Option(names = "--registry", description = "Also run a schema registry (Apicurio's, which speaks Confluent's API) for records in Avro; ./yapok fetches it once, 160 MB.")
  private boolean wanted;

  @Option(names = "--registry-port", paramLabel = "PORT", description = "With --registry: its port on 127.0.0.1; any free one if left out.")
  private @Nullable Integer port;

  /** Refuses what does not go together, and a registry that is not installed, before anything has been started. */
  void check() {
    if (port != null && (!wanted || port < 0 || port > 65_535)) {
      throw new UsageException("--registry-port takes a number from 0 to 65535, and goes with --registry");
    }
    if (wanted) {
      RegistryProcess.home();
    }
  }

  /**
   * Starts it, if it is wanted.
   *
   * @param temporary for its temporary files
   * @param data where its schemas are kept; null for in memory
   */
  @Nullable RegistryProcess start(Path temporary, @Nullable Path data) {
    return wanted ? RegistryProcess.start(RegistryProcess.home(), port == null ? 0 : port, temporary, data) : null;
  }
}
