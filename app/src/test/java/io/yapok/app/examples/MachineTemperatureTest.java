package io.yapok.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yapok.schemas.PipelineDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands on a made-up machine, and on the real one's readings where {@code -Dyapok.data=DIR} has a folder {@code machine-temperature}. */
class MachineTemperatureTest {
  private static final String EXAMPLE = "machine-temperature";
  private static final Path FOLDER = ReadmeScript.ROOT.resolve("examples").resolve(EXAMPLE);
  private static final int MADE = 0;
  private static final int REAL = 1;
  private static final int FIT = 2;
  private static final int MOST_FALSE_EPISODES = 5;
  private static final Pattern EPISODES = Pattern.compile("(\\d+) episodes? of alerts outside");

  @TempDir private Path directory;

  @Test
  void shouldRaiseAlertsInTheFailureAndNoneBeforeItWhenAMachineIsMadeUp() throws IOException, ReflectiveOperationException {
    ReadmeScript readme = new ReadmeScript(EXAMPLE, directory, UnaryOperator.identity());

    List<String> said = readme.run(MADE);

    assertThat(said.getLast()).containsPattern("^failure .*: \\d+ alerts, the first 2026-").containsPattern("(?m)^1 episode of alerts outside");
    long flagged = Files.readAllLines(readme.file("scored.ndjson")).stream().filter(line -> line.contains("\"failing\":true")).count();
    assertThat(Files.readAllLines(readme.file("alerts.ndjson")))
        .hasSize((int) flagged)
        .allSatisfy(alert -> assertThat(alert).doesNotContain("\"in\":").containsPattern("\"out\":\\{\"machine\":\"m-1\",\"time\":\"2026-\\S+\",\"temperature\":[0-9.]+,\"error\":[0-9.]+}"));
    assertThat(said.get(said.size() - 2)).contains(" 0 rejected + ").contains("not for the sink");
  }

  @Test
  void shouldFindTheFailureWithAModelFittedOnTheMachinesOwnFirstDays() throws IOException, ReflectiveOperationException {
    Path own = Files.createDirectories(directory.resolve("own"));
    for (String name : List.of("machine-temperature.yaml", "machine-alerts.yaml", "machine-features.yaml", "machine-temperature.onnx")) {
      Files.copy(FOLDER.resolve(name), own.resolve(name));
    }
    ReadmeScript readme = new ReadmeScript(EXAMPLE, directory, word -> own(own, word));
    readme.run(MADE);

    byte[] fitted = fitted(readme, own);

    assertThat(fitted).isEqualTo(fitted(readme, own)).isNotEqualTo(Files.readAllBytes(FOLDER.resolve("machine-temperature.onnx")));
    assertThat(readme.run(MADE).getLast()).contains(" alerts, the first ").contains("1 episode of alerts outside");
  }

  private static byte[] fitted(ReadmeScript readme, Path own) throws IOException, ReflectiveOperationException {
    readme.run(FIT);
    return Files.readAllBytes(own.resolve("machine-temperature.onnx"));
  }

  /** Another machine, its first two weeks, and copies of the example's files. */
  private static String own(Path own, String word) {
    return switch (word) {
      case "7" -> "11";
      case "2013-12-10T06:25:00Z" -> "2026-01-19T00:00:00Z";
      default -> word.startsWith("examples/") ? own.resolve(word.substring(word.lastIndexOf('/') + 1)).toString() : word;
    };
  }

  @Test
  void shouldRememberTheSameForTheModelAsForItsFitting() {
    assertThat(document("machine-features").tree()).containsEntry("state", document("machine-temperature").tree().get("state"));
  }

  @Test
  void shouldFindTheSystemFailureInTheRealReadingsWithFewOtherAlerts() throws IOException, ReflectiveOperationException {
    String data = System.getProperty("yapok.data");
    assumeTrue(data != null, "no -Dyapok.data=DIR");
    ReadmeScript readme = new ReadmeScript(EXAMPLE, directory, word -> real(Path.of(data, EXAMPLE), word));

    String report = readme.run(REAL).getLast();

    System.out.println(report);
    List<String> failures = report.lines().filter(line -> line.startsWith("failure ")).toList();
    assertThat(failures).hasSize(4).last().asString().contains(" alerts, the first 2014-02-08T");
    var episodes = EPISODES.matcher(report);
    assertThat(episodes.find()).isTrue();
    assertThat(Integer.parseInt(episodes.group(1))).isLessThanOrEqualTo(MOST_FALSE_EPISODES);

    readme.run(FIT);
    assertThat(directory.resolve("machine-temperature.onnx")).as("the committed model is what fitting gives").hasSameBinaryContentAs(FOLDER.resolve("machine-temperature.onnx"));
  }

  /** Where the data is, and a place for a model that is fitted again. */
  private String real(Path data, String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    return name.endsWith(".csv") || name.equals("anomaly_windows.json") ? data.resolve(name).toString() : name.endsWith(".onnx") ? directory.resolve(name).toString() : word;
  }

  private static PipelineDocument document(String name) {
    return PipelineDocument.read(FOLDER.resolve(name + ".yaml"));
  }
}
