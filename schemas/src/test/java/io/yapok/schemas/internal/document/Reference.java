package io.yapok.schemas.internal.document;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the repository says of documents: {@code docs/pipeline.md}, and the pipelines in it. */
final class Reference {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Set<String> NOT_OURS = Set.of("target", "src", ".git");

  private Reference() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("docs")) ? here : here.resolve("..").normalize();
  }

  static String text() throws IOException {
    return Files.readString(root().resolve("docs").resolve("pipeline.md"));
  }

  /** The whole documents among the reference's examples. */
  static List<String> documents() throws IOException {
    return EXAMPLE.matcher(text()).results().map(block -> block.group(1)).filter(block -> block.contains("name:") && block.contains("sink:")).toList();
  }

  /** The pipelines that users copy from: YAML files with steps, those that modules keep for themselves left out. */
  static List<Path> pipelines() throws IOException {
    List<Path> pipelines = new ArrayList<>();
    Files.walkFileTree(
        root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_OURS.contains(String.valueOf(directory.getFileName())) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (file.toString().endsWith(".yaml") && Files.readString(file).lines().anyMatch(line -> line.startsWith("steps:"))) {
              pipelines.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return pipelines;
  }
}
