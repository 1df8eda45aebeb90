package io.yapok.perf.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A temporary directory, deleted with all that is in it unless something went wrong: why may stand in its logs. Used by one thread. */
final class BenchDirectory implements AutoCloseable {
  private final Path path;
  private final Consumer<String> progress;
  private boolean done;

  private BenchDirectory(Path path, Consumer<String> progress) {
    this.path = path;
    this.progress = progress;
  }

  /**
   * Creates it.
   *
   * @param progress told where it is if it stays
   */
  static BenchDirectory create(Consumer<String> progress) throws IOException {
    return new BenchDirectory(Files.createTempDirectory("yapok-bench"), progress);
  }

  Path path() {
    return path;
  }

  /** Nobody needs the logs. */
  void done() {
    done = true;
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      progress.accept("what Kafka and the contestants logged is in " + path);
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
