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

/** The README's commands on payments of a seed that neither model was trained on. That the models are what training gives is FraudModelTest's to say. */
class PaymentsTest {
  private static final Pattern RECALL = Pattern.compile("(\\d+) alerts on (\\d+) payments catch (\\d+) of (\\d+) frauds: ([.\\d]+) %");

  /** In hundredths. */
  private static final double LEAST_MARGIN = 15;

  @TempDir private Path directory;

  @Test
  void shouldCatchMoreFraudsWithAsManyAlertsWhenCardsAreRemembered() throws IOException, ReflectiveOperationException {
    ReadmeScript readme = new ReadmeScript("payments", directory, UnaryOperator.identity());

    List<String> said = readme.run(0).stream().filter(line -> line.contains("alerts on")).toList();

    said.forEach(System.out::print);
    Matcher alone = RECALL.matcher(said.getFirst());
    Matcher cards = RECALL.matcher(said.getLast());
    assertThat(alone.find() && cards.find()).isTrue();
    assertThat(List.of(cards.group(1), cards.group(2), cards.group(4))).as("the same alerts, payments and frauds").isEqualTo(List.of(alone.group(1), alone.group(2), alone.group(4)));
    assertThat(Double.parseDouble(cards.group(5))).isGreaterThan(Double.parseDouble(alone.group(5)) + LEAST_MARGIN);
    assertThat(Files.readAllLines(readme.file("rejects.ndjson"))).isNotEmpty().allSatisfy(line -> assertThat(line).contains("\"reason\""));
  }
}
