package io.yapok.app.internal.cli;

import io.yapok.schemas.PipelineDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Under which name the cluster knows the application. */
final class ApplicationOptions {
  @Option(
      names = "--application-id",
      paramLabel = "ID",
      description = "Names the consumer group, the internal topics and the state; the prefix and the pipeline's name if left out.")
  private @Nullable String id;

  @Option(names = "--application-id-prefix", paramLabel = "PREFIX", defaultValue = "", description = "Stands before the pipeline's name, for clusters that many share.")
  private String prefix = "";

  String id(PipelineDocument document) {
    return id != null ? id : prefix + document.name().value();
  }
}
