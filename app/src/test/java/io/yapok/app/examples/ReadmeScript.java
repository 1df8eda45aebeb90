package io.yapok.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.cli.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Runs what an example's README says to type: {@code ./yapok ...} and {@code java FILE.java ...}, with {@code <} and {@code >}, in this JVM. A comment behind a command that prints something is
 * what it must print. Files under {@code /tmp} are in a directory of the test's.
 */
final class ReadmeScript {
  static final Path ROOT = Files.isDirectory(Path.of("examples")) ? Path.of("") : Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private final List<String> blocks;
  private final Path directory;
  private final UnaryOperator<String> otherPaths;

  /**
   * The commands of a README.
   *
   * @param otherPaths what else is somewhere else here; it is given every word that a path of the repository could be
   */
  ReadmeScript(String example, Path directory, UnaryOperator<String> otherPaths) throws IOException {
    this.blocks = BLOCK.matcher(Files.readString(ROOT.resolve("examples").resolve(example).resolve("README.md"))).results().map(block -> block.group(1)).toList();
    this.directory = directory;
    this.otherPaths = otherPaths;
  }

  /** A file that the README calls {@code /tmp/NAME}. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /** Runs a block's commands, which must all end with 0, and answers what each printed. */
  List<String> run(int block) throws IOException, ReflectiveOperationException {
    List<String> printed = new ArrayList<>();
    for (String line : blocks.get(block).lines().filter(command -> !command.isBlank() && !command.startsWith("#")).toList()) {
      String[] parts = line.split(" +# ", 2);
      String said = command(List.of(parts[0].strip().split(" +", -1)));
      if (parts.length == 2 && !said.isEmpty()) {
        assertThat(said).as(line).contains(parts[1]);
      }
      printed.add(said);
    }
    return printed;
  }

  private String command(List<String> words) throws IOException, ReflectiveOperationException {
    List<String> command = new ArrayList<>();
    InputStream in = InputStream.nullInputStream();
    Path to = null;
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "<" -> in = new ByteArrayInputStream(Files.readAllBytes(Path.of(here(words.get(++i)))));
        case ">" -> to = Path.of(here(words.get(++i)));
        case "-cp" -> i++; // this test's class path has what it names
        default -> command.add(words.get(i));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (command.getFirst()) {
      case "./yapok" -> yapok(command.subList(1, command.size()), out);
      case "java" -> java(command.subList(1, command.size()), in, out);
      case "./mvnw" -> {} // what it builds is on the class path
      default -> throw new AssertionError("a README says to type " + words);
    }
    if (to == null) {
      return out.toString(StandardCharsets.UTF_8);
    }
    Files.write(to, out.toByteArray());
    return "";
  }

  private void yapok(List<String> args, OutputStream out) throws IOException {
    Run run = Run.of(args.stream().map(this::here).toArray());
    assertThat(run.code()).as("yapok %s: %s", args, run.err()).isZero();
    out.write((run.out() + run.err()).getBytes(StandardCharsets.UTF_8));
  }

  private void java(List<String> args, InputStream in, OutputStream out) throws IOException, ReflectiveOperationException {
    Path classes = Files.createTempDirectory(directory, "classes");
    try (ExampleProgram program = new ExampleProgram(ROOT.resolve(args.getFirst()), classes)) {
      int code = program.run(in, out, args.stream().skip(1).map(this::here).toArray(String[]::new));
      assertThat(code).as("java %s", args).isZero();
    }
  }

  private String here(String word) {
    if (word.contains("=/tmp/")) {
      int value = word.indexOf('=') + 1;
      return word.substring(0, value) + here(word.substring(value));
    }
    if (word.startsWith("/tmp/")) {
      return file(word.substring("/tmp/".length())).toString();
    }
    String other = otherPaths.apply(word);
    return other.equals(word) && word.startsWith("examples/") ? ROOT.resolve(word).toString() : other;
  }
}
