package io.yapok.app.internal.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The document that a command works on. */
final class PipelineFile {
  @Parameters(index = "0", paramLabel = "PIPELINE.yaml", description = "The pipeline document.")
  private Path path = Path.of("");

  Path path() {
    return path;
  }
}
