package io.yapok.app.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that is gone, with all that is in it, once it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /**
   * A new one under the machine's temporary directory.
   *
   * @throws EnvironmentException if there is no room for it
   */
  public static TemporaryDirectory create(String prefix) {
    try {
      return new TemporaryDirectory(Files.createTempDirectory(prefix));
    } catch (IOException e) {
      throw new EnvironmentException("no temporary directory can be made: " + e, System.getProperty("java.io.tmpdir", "/tmp"), "free some space there", e);
    }
  }

  public Path path() {
    return path;
  }

  /** Deletes what it can; what stays is said on standard error and fails nothing. */
  @Override
  public void close() {
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("note: the temporary directory " + path + " could not be deleted: " + e);
    }
  }
}
