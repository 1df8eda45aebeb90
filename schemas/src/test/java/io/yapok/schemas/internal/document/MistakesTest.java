package io.yapok.schemas.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.yapok.schemas.Documents;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each mistake of {@code mistakes.txt} gives exactly its one problem. */
class MistakesTest {
  record Mistake(String right, String wrong, String problem) {
    static Mistake of(String block) {
      return new Mistake(lines(block, "- "), lines(block, "+ "), lines(block, "! "));
    }

    String document() {
      return Documents.DIGITS.replace(right, wrong);
    }

    private static String lines(String block, String mark) {
      return block.lines().filter(line -> line.startsWith(mark.strip())).map(line -> line.substring(Math.min(2, line.length()))).collect(Collectors.joining("\n"));
    }
  }

  static Stream<Mistake> mistakes() throws IOException {
    try (InputStream in = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(table.split("\n\n")).filter(block -> !block.startsWith("#")).map(Mistake::of);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldReportExactlyOneProblemWhenThereIsOneMistake() throws IOException {
    List<Mistake> mistakes = mistakes().toList();
    assertThat(mistakes).hasSizeGreaterThan(100);
    return mistakes.stream().map(mistake -> DynamicTest.dynamicTest(mistake.problem(), () -> check(mistake)));
  }

  private static void check(Mistake mistake) {
    assertThat(Documents.DIGITS.split(Pattern.quote(mistake.right()), -1)).as("places of the right text").hasSize(2);

    assertThat(problems(mistake.document())).extracting(Problem::toString).containsExactly(mistake.problem());
  }

  @Test
  void shouldListTenProblemsWhenThereAreTenMistakes() {
    String document =
        """
        nmae: digits
        source: {topic: dig its, format: protobuf, tombstone: drop}
        steps:
          - model: mnist.onnx
            inputs:
              Input3: {field: pixels, scale: big, ofset: 1}
          - transform:
              in: argmax(scores)
          - validate:
          - name: mnist
            model: mnist.onnx
        sink: {topic: digits-scored}
        rejects: {topic: digits-scored}
        """;

    List<Problem> problems = problems(document);

    assertThat(problems)
        .extracting(problem -> problem.where().line() + " " + problem.where().path())
        .containsExactly(
            "1 nmae",
            "2 source.topic",
            "2 source.format",
            "2 source.tombstone",
            "6 steps[0].inputs.Input3.scale",
            "6 steps[0].inputs.Input3.ofset",
            "8 steps[1].transform.in",
            "9 steps[2].validate",
            "10 steps[3].name",
            "13 rejects.topic");
  }

  @Test
  void shouldNotReportWhatFollowsFromAnotherProblemWhenATopicIsUnreadable() {
    String document = Documents.DIGITS.replace("{topic: digits,", "{topic: 'a b',").replace("{topic: digits-scored,", "{topic: 'a b',");

    assertThat(problems(document)).extracting(problem -> problem.where().path()).containsExactly("source.topic", "sink.topic");
  }

  static List<Problem> problems(String document) {
    return catchThrowableOfType(ProblemsException.class, () -> PipelineDocument.parse(document, "digits.yaml")).problems();
  }
}
