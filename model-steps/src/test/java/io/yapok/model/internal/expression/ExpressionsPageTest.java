package io.yapok.model.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/expressions.md says what there is. */
class ExpressionsPageTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void shouldListEveryFunctionAndNoOther() throws IOException {
    List<String> listed = rows("## Functions").map(row -> code(row.getFirst()).getFirst()).toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(Functions.callable());
  }

  @Test
  void shouldListEveryOperatorAndNoOther() throws IOException {
    List<String> listed = rows("## Operators").flatMap(row -> code(row.getFirst()).stream()).map(symbol -> symbol.replace("v[i]", "[]").replace(" ", "")).distinct().toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(Functions.values().stream().filter(Function::isOperator).map(Function::symbol).distinct().toList());
  }

  @Test
  void shouldCompileEveryExample() throws IOException {
    List<String> examples = Stream.concat(rows("## Operators"), rows("## Functions")).flatMap(row -> code(row.getLast()).stream()).toList();

    assertThat(examples).hasSizeGreaterThan(40).allSatisfy(example -> {
      Fixture fixture = fixture();
      assertThat(fixture.compile(example)).as("%s: %s", example, fixture.problems()).isPresent();
    });
  }

  private static Fixture fixture() {
    return new Fixture()
        .with("score", ElementType.FLOAT32)
        .with("ratio", ElementType.FLOAT64)
        .with("count", ElementType.INT64)
        .with("flag", ElementType.BOOL)
        .with("country", ElementType.TEXT)
        .with("code", ElementType.TEXT)
        .with("scores", ElementType.FLOAT32, RowShape.of(3));
  }

  /** The cells of a section's table; a bar inside a cell is written with a backslash. */
  private static Stream<List<String>> rows(String heading) throws IOException {
    Path page = Stream.of("docs", "../docs").map(folder -> Path.of(folder, "expressions.md")).filter(Files::exists).findFirst().orElseThrow();
    String text = Files.readString(page);
    String section = text.substring(text.indexOf(heading + "\n"));
    List<List<String>> rows = new ArrayList<>();
    for (String line : section.lines().skip(1).takeWhile(line -> !line.startsWith("## ")).filter(line -> line.startsWith("| `")).toList()) {
      rows.add(Stream.of(line.replace("\\|", "\u0000").split("\\|")).skip(1).map(cell -> cell.replace("\u0000", "|")).toList());
    }
    return rows.stream();
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
