package io.yapok.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where one child JVM logs: at the end of a file, where earlier ones may have logged, or to this JVM's standard error. */
final class ChildLog {
  private static final int LINES = 8;
  private static final int MOST_BYTES = 16 * 1024;

  private final @Nullable Path file;
  private final long start;

  /** For a child that is about to start. */
  ChildLog(@Nullable Path file) {
    this.file = file;
    this.start = file == null ? 0 : file.toFile().length();
  }

  ProcessBuilder.Redirect redirect() {
    return file == null ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  /** The last few lines of the child, if a file has them, without the frames of stack traces. */
  List<String> lastLines() throws IOException {
    if (file == null) {
      return List.of();
    }
    List<String> lines = tail(file).lines().filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0))).toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  private String tail(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(Math.max(start, Files.size(file) - MOST_BYTES));
      return new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }

  @Override
  public String toString() {
    return file == null ? "standard error" : file.toString();
  }
}
