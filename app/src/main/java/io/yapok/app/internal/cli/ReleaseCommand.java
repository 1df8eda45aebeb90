package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.WholeFile;
import io.yapok.model.ModelFiles;
import io.yapok.schemas.Release;
import io.yapok.topology.Pipeline;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok release}: what would run, pinned in a file. */
@Command(
    name = "release",
    description = "Writes what a pipeline runs into a file: its document and the SHA-256 of each model. 'yapok check --release FILE' tells elsewhere whether the same would run there.",
    mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to write; - is standard output.")
  private String output = "-";

  @Option(names = "--by", paramLabel = "NAME", defaultValue = "${sys:user.name}", description = "Who makes the release; ${DEFAULT-VALUE} if left out.")
  private String by = "";

  @Override
  public Integer call() {
    Release release;
    try (Pipeline pipeline = Pipeline.load(file.path())) {
      release = new Release(pipeline.current().version(), pipeline.document(), ModelFiles.of(pipeline.document()), InstantSource.system().instant(), by);
    }
    try (WholeFile whole = WholeFile.begin(output, file.path())) {
      release.write(whole.out());
      whole.keep();
    } catch (IOException e) {
      throw new EnvironmentException("writing failed: " + e.getMessage(), output, "look at the disk, or at who reads", e);
    }
    spec.commandLine().getErr().println("released: " + release.document().name() + ", version " + release.version());
    return ExitCode.FINE;
  }
}
