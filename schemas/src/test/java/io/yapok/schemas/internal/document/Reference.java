package io.yapok.schemas.internal.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The reference for people, {@code docs/pipeline.md}. */
final class Reference {
  private Reference() {}

  static String text() throws IOException {
    Path module = Path.of("").toAbsolutePath();
    Path root = Files.isDirectory(module.resolve("docs")) ? module : module.resolveSibling("docs").getParent();
    return Files.readString(root.resolve("docs").resolve("pipeline.md"));
  }

  /** The whole documents among its examples. */
  static List<String> documents() throws IOException {
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(text()).results().map((MatchResult block) -> block.group(1)).filter(block -> block.contains("name:") && block.contains("sink:")).toList();
  }
}
