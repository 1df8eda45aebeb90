package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
  private static final Where DOCUMENT = new Where("digits.yaml", 3, 5, "steps");

  @Test
  void shouldPrintWhatWhereAndWhatToDoWhenShown() {
    Problem problem = new Problem("unknown key \"a\"", DOCUMENT.element(1).entry("transform").entry("a.b\"c"), "remove it");

    assertThat(problem.toString()).isEqualTo("unknown key \"a\", digits.yaml:3:5 (steps[1].transform[\"a.b\\\"c\"]), remove it");
  }

  @Test
  void shouldPrintThePlaceAloneWhenItHasNoLines() {
    assertThat(Where.of("--threads").toString()).isEqualTo("--threads");
    assertThat(Where.of("a.yaml").entry("steps").element(0).toString()).isEqualTo("a.yaml (steps[0])");
  }

  @Test
  void shouldStayOneLineWhenInputHoldsControlCharacters() {
    assertThat(new Problem("a\nb\u001b[31m\u009b\u202e", Where.of("x\ty"), "c\rd").toString()).isEqualTo("a?b?[31m??, x?y, c?d");
  }

  @Test
  void shouldRefuseAProblemWhenItSaysNothing() {
    assertThatThrownBy(() -> new Problem(" ", DOCUMENT, "do")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Problem("what", DOCUMENT, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProblemsException(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Where("a", 0, 1, "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Where("", 0, 0, "")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCarryEveryProblemWhenThrown() {
    Problem first = new Problem("a", DOCUMENT, "b");
    Problem second = new Located<>("x", DOCUMENT).problem("c", "d");

    ProblemsException thrown = new ProblemsException(List.of(first, second));

    assertThat(thrown.problems()).containsExactly(first, second);
    assertThat(thrown).hasMessage(first + "\n" + second);
  }
}
