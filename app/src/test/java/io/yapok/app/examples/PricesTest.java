package io.yapok.app.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yapok.schemas.PipelineDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands on made-up ticks, with every number of the state computed once more from the ticks alone. */
class PricesTest {
  private static final Path FOLDER = ReadmeScript.ROOT.resolve("examples/prices");
  private static final int SCORE = 0;
  private static final int FIT = 1;
  private static final Pattern REPORT = Pattern.compile("(\\d+) of (\\d+) jumps flagged, and (\\d+) ticks that are none");

  private static final Pattern RESULT =
      Pattern.compile(
          "\"symbol\": \"(?<symbol>\\w+)\", \"time\": (?<time>\\d+), \"price\": (?<price>[.\\d]+).*\"previous\":(?<previous>[.\\d]+),\"high\":(?<high>[.\\d]+),\"low\":(?<low>[.\\d]+),"
              + "\"average\":(?<average>[.\\d]+),\"long_average\":(?<long>[.\\d]+)");

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @TempDir private Path directory;

  @Test
  void shouldFlagMostJumpsAndHardlyAnythingElseAndSayPricesRight() throws IOException, ReflectiveOperationException {
    ReadmeScript readme = new ReadmeScript("prices", directory, UnaryOperator.identity());

    Matcher report = REPORT.matcher(readme.run(SCORE).getLast());

    assertThat(report.find()).isTrue();
    assertThat(number(report, 1)).as("caught").isGreaterThan(0.75 * number(report, 2));
    assertThat(number(report, 3)).as("false").isLessThan(0.1 * number(report, 1));
    checkSomeAgain(Files.readAllLines(readme.file("prices.ndjson")));
  }

  @Test
  void shouldBeTheModelThatFittingGivesWithTheStateThatItWasFittedOn() throws IOException, ReflectiveOperationException {
    ReadmeScript readme = new ReadmeScript("prices", directory, word -> word.endsWith(".onnx") ? directory.resolve("jumps.onnx").toString() : word);

    readme.run(FIT);

    assertThat(directory.resolve("jumps.onnx")).hasSameBinaryContentAs(FOLDER.resolve("jumps.onnx"));
    Map<String, Object> features = PipelineDocument.read(FOLDER.resolve("prices-features.yaml")).tree();
    Map<String, Object> prices = PipelineDocument.read(FOLDER.resolve("prices.yaml")).tree();
    assertThat(features).containsEntry("state", prices.get("state"));
    assertThat(((List<?>) features.get("steps")).getFirst()).isEqualTo(((List<?>) prices.get("steps")).getFirst());
  }

  private static double number(Matcher report, int group) {
    return Double.parseDouble(report.group(group));
  }

  private record Tick(long time, double price) {}

  /** Every hundredth result once more, from all ticks of its symbol so far. */
  private static void checkSomeAgain(List<String> results) {
    Map<String, List<Tick>> ticks = new HashMap<>();
    int checked = 0;
    for (int i = 0; i < results.size(); i++) {
      Matcher result = RESULT.matcher(results.get(i));
      assertThat(result.find()).as(results.get(i)).isTrue();
      List<Tick> past = ticks.computeIfAbsent(result.group("symbol"), _ -> new ArrayList<>());
      Tick now = new Tick(Long.parseLong(result.group("time")), real(result, "price"));
      if (i % 100 == 99 && !past.isEmpty()) {
        assertThat(real(result, "previous")).isEqualTo(past.getLast().price());
        past.add(now);
        assertThat(real(result, "high")).isEqualTo(window(past, now, HOUR).max().orElseThrow());
        assertThat(real(result, "low")).isEqualTo(window(past, now, HOUR).min().orElseThrow());
        assertThat(real(result, "average")).isCloseTo(window(past, now, MINUTE).average().orElseThrow(), within(1e-9));
        assertThat(real(result, "long")).isCloseTo(window(past, now, 10 * MINUTE).average().orElseThrow(), within(1e-9));
        checked++;
      } else {
        past.add(now);
      }
    }
    assertThat(checked).isGreaterThan(500);
  }

  /** Prices of the last twelve buckets, the present one's among them. */
  private static DoubleStream window(List<Tick> ticks, Tick now, long length) {
    long bucket = length / 12;
    return ticks.stream().filter(tick -> tick.time() / bucket > now.time() / bucket - 12).mapToDouble(Tick::price);
  }

  private static double real(Matcher result, String group) {
    return Double.parseDouble(result.group(group));
  }
}
