package io.yapok.app.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands: requests joined with users and items, ranked, and how many of the best ten were clicked. */
class RankingTest {
  private static final int SCORE = 0;
  private static final int FIT = 1;
  private static final Pattern REPORT = Pattern.compile("(\\w+) users: of the best ten ([.\\d]+) were clicked, by chance ([.\\d]+)");
  private static final Pattern SCORES = Pattern.compile("\"score\":([-.\\dE]+)");

  @TempDir private Path directory;

  @Test
  void shouldPutFirstWhatUsersClick() throws IOException, ReflectiveOperationException {
    ReadmeScript readme = new ReadmeScript("ranking", directory, UnaryOperator.identity());

    Matcher report = REPORT.matcher(readme.run(SCORE).getLast());

    assertThat(report.find()).isTrue();
    assertThat(report.group(1)).isEqualTo("regular");
    assertThat(number(report, 2)).isGreaterThan(5 * number(report, 3));
    assertThat(report.find()).isTrue();
    assertThat(report.group(1)).isEqualTo("new");
    assertThat(number(report, 2)).isGreaterThan(2 * number(report, 3));
    List<String> results = Files.readAllLines(readme.file("ranked.ndjson"));
    assertThat(results).hasSize(100).allSatisfy(RankingTest::isTenInOrder);
  }

  private static void isTenInOrder(String result) {
    List<Double> scores = SCORES.matcher(result).results().map(score -> Double.parseDouble(score.group(1))).toList();
    assertThat(scores).hasSize(10).isSortedAccordingTo((one, other) -> Double.compare(other, one));
  }

  @Test
  void shouldBeTheModelsThatFittingGives() throws IOException, ReflectiveOperationException {
    Path folder = ReadmeScript.ROOT.resolve("examples/ranking");
    ReadmeScript readme = new ReadmeScript("ranking", directory, word -> word.endsWith(".onnx") ? directory.resolve(Path.of(word).getFileName()).toString() : word);

    readme.run(FIT);

    assertThat(directory.resolve("by-taste.onnx")).hasSameBinaryContentAs(folder.resolve("by-taste.onnx"));
    assertThat(directory.resolve("by-popularity.onnx")).hasSameBinaryContentAs(folder.resolve("by-popularity.onnx"));
  }

  private static double number(Matcher report, int group) {
    return Double.parseDouble(report.group(group));
  }
}
