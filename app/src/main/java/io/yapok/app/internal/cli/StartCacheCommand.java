package io.yapok.app.internal.cli;

import io.yapok.app.internal.start.StartCache;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code yapok start-cache}: called by the launcher and by the image's build. */
@Command(
    name = "start-cache",
    description = "Writes the JVM's ahead-of-time cache that halves the start of 'yapok run'. The launcher and the image's build call it.",
    mixinStandardHelpOptions = true)
final class StartCacheCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "Where to; give it to the JVM as -XX:AOTCache=FILE, with the same options and class path.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    StartCache.write(file);
    return ExitCode.FINE;
  }
}
