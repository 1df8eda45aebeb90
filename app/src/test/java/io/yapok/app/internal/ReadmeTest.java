package io.yapok.app.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.cli.HelpPages;
import io.yapok.schemas.PipelineDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README and the pages say to write and to type is what the program takes. */
class ReadmeTest {
  private static final Path ROOT = Files.isDirectory(Path.of("docs")) ? Path.of("") : Path.of("..");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!http|#)([^)#]+)");
  private static final Pattern COMMAND_ROW = Pattern.compile("\\| `yapok ([a-z]+)[^`]*`.*");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");

  @Test
  void shouldShowPipelinesThatAreDocuments() throws IOException {
    List<String> blocks = pages().flatMap(page -> YAML.matcher(text(page)).results().map(block -> block.group(1))).filter(block -> block.contains("sink:")).toList();

    assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(PipelineDocument.parse(block, "README.md").steps()).isNotEmpty());
  }

  @Test
  void shouldHaveExamplesThatAreDocuments() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
      List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml")).filter(file -> text(file).contains("\nsteps:")).toList();

      assertThat(examples).isNotEmpty().allSatisfy(example -> assertThat(PipelineDocument.read(example).steps()).isNotEmpty());
    }
  }

  @Test
  void shouldShowTheExampleThatStandsInTheRepository() {
    var shown = YAML.matcher(text(ROOT.resolve("README.md")));

    assertThat(shown.find()).isTrue();
    PipelineDocument readme = PipelineDocument.parse(shown.group(1), "digits.yaml");
    PipelineDocument example = PipelineDocument.read(ROOT.resolve("examples/digits/digits.yaml"));
    assertThat(readme.name().value()).isEqualTo(example.name().value());
    assertThat(readme.source().topic().value()).isEqualTo(example.source().topic().value());
    assertThat(readme.steps()).hasSameSizeAs(example.steps());
  }

  @Test
  void shouldListEveryCommandWithOptionsThatItHas() {
    List<String> rows = text(ROOT.resolve("README.md")).lines().filter(line -> line.startsWith("| `yapok ")).toList();
    List<String> commands = rows.stream().map(row -> COMMAND_ROW.matcher(row).replaceAll("$1")).toList();

    assertThat(commands).containsExactlyInAnyOrderElementsOf(Stream.concat(HelpPages.commands().stream(), Stream.of("bench")).toList());
    for (String row : rows) {
      String command = COMMAND_ROW.matcher(row).replaceAll("$1");
      if (!command.equals("bench")) {
        List<String> options = OPTION.matcher(row).results().map(found -> found.group()).toList();
        String help = HelpPages.of(command);
        assertThat(options).as("options of %s", command).allSatisfy(option -> assertThat(help).contains(option));
      }
    }
  }

  @Test
  void shouldLinkOnlyToWhatIsThere() throws IOException {
    assertThat(pages().toList())
        .allSatisfy(
            page ->
                assertThat(LINK.matcher(text(page).replaceAll("(?s)```.*?```", "")).results().map(link -> link.group(1)).toList())
                    .as("links of %s", page)
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists()));
  }

  private static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs")); Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
      List<Path> pages = Stream.concat(docs, examples).filter(file -> file.toString().endsWith(".md")).toList();
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.stream());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
