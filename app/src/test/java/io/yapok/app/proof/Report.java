package io.yapok.app.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report over all scenarios of a build: {@code target/proof/REPORT.json}, put together from one file a scenario, so that scenarios may run one by one. A scenario that runs again replaces its row.
 */
final class Report {
  private static final Path DIRECTORY = Path.of("target", "proof");
  private static final List<String> ROWS = new ArrayList<>(List.of(Outcome.HEADING));

  private Report() {}

  /** Adds a row, and prints the table as far as this JVM has filled it. */
  static synchronized void add(Outcome outcome) {
    ROWS.add(outcome.row());
    System.out.println(String.join(System.lineSeparator(), ROWS));
    outcome.verdict().examples().forEach(System.out::println);
    try {
      Path scenarios = Files.createDirectories(DIRECTORY.resolve("scenarios"));
      Files.writeString(scenarios.resolve(outcome.scenario() + ".json"), outcome.json());
      try (Stream<Path> files = Files.list(scenarios)) {
        Files.writeString(DIRECTORY.resolve("REPORT.json"), files.sorted().map(Report::read).collect(Collectors.joining(",\n ", "{\"scenarios\":[\n ", "\n]}\n")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
