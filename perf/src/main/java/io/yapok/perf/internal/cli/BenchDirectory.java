package io.yapok.perf.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory, deleted with all that is in it. */
record BenchDirectory(Path path) implements AutoCloseable {
  static BenchDirectory create() throws IOException {
    return new BenchDirectory(Files.createTempDirectory("yapok-bench"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
