package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.SampleModels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of documents that do not fit their models. */
final class StepsProblemsTest {
  @TempDir private Path directory;

  private TestPipeline pipeline() {
    return new TestPipeline(directory)
        .source("source: {topic: in, fields: {word: text, three: {type: float32, shape: [3]}, raw: json, real: float64}}")
        .with("id2.onnx", SampleModels.identity(ElementType.FLOAT, 2))
        .with("id1.onnx", SampleModels.identity(ElementType.FLOAT, 1))
        .with("whole.onnx", SampleModels.identity(ElementType.INT64, 1))
        .with("text.onnx", SampleModels.identity(ElementType.STRING, 1))
        .with("words.txt", "a\nb\na\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {model: id2.onnx, inputs: {xx: a}}                                        | steps[0].inputs.xx        | no input "xx", did you mean "x"? it takes x float[N, 2]
          {model: id2.onnx, outputs: {z: a}}                                        | steps[0].outputs.z        | no output "z", did you mean "y"? it gives y float[N, 2]
          {model: id2.onnx, inputs: {x: three}}                                     | steps[0].inputs.x         | takes 2 elements a row, in the shape [2], and is fed 3
          {model: id2.onnx, inputs: {x: [a, b, c]}}                                 | steps[0].inputs.x         | is fed 3
          {model: id1.onnx, inputs: {x: word}}                                      | steps[0].inputs.x         | "word" is text, and input "x" takes float32, add a vocabulary
          {model: id1.onnx, inputs: {x: raw}}                                       | steps[0].inputs.x         | "raw" is passed through as JSON text
          {model: text.onnx, inputs: {x: real}}                                     | steps[0].inputs.x         | "real" is float64, and input "x" takes text
          {model: text.onnx, inputs: {x: {field: a, scale: 2}}}                     | steps[0].inputs.x         | is made a number, and input "x" takes text
          {model: whole.onnx, inputs: {x: {field: a, vocabulary: [p], scale: 0.5}}} | steps[0].inputs.x         | scaled to fractions
          {model: id1.onnx, inputs: {x: {field: a, vocabulary: [p, 1]}}}            | steps[0].inputs.x         | mixes texts, numbers and truth values
          {model: id1.onnx, inputs: {x: {field: a, vocabulary: [p], default: q}}}   | steps[0].inputs.x.default | the default "q" is not in the vocabulary
          {model: id1.onnx, inputs: {x: {field: a, vocabulary: words.txt}}}         | steps[0].inputs.x         | line 3 of "words.txt" is the word of line 1
          {model: id1.onnx, inputs: {x: {field: a, vocabulary: no.txt}}}            | steps[0].inputs.x         | there is no vocabulary file "no.txt"
          {model: id1.onnx, inputs: {x: {field: a, default: none}}}                 | steps[0].inputs.x.default | the default "none" is no float32
          {model: id1.onnx, inputs: {x: {field: word, cast: float32}}}              | steps[0].inputs.x.cast    | cannot be cast to float32
          {model: id1.onnx, inputs: {x: out.a}}                                     | steps[0].inputs.x         | no step before this one answers "a"
          {model: id1.onnx, inputs: {x: state.a}}                                   | steps[0].inputs.x         | the state has no feature "a"
          {model: id1.onnx, inputs: {x: wrod}}                                      | steps[0].inputs.x         | nothing is named "wrod", did you mean word? A field of the record is written input.wrod
          {model: none.onnx}                                                        | steps[0].model            | there is no model file "none.onnx", name one of those there: id1.onnx, id2.onnx, text.onnx, whole.onnx
          {model: net}                                                              | steps[0].model            | there is no model "net" under models, put its file at models/net/1/model.onnx
          """)
  void shouldSayWhereAndWhatToDo(String step, String path, String message) {
    String problem = String.join("\n", pipeline().problems("  - " + step));
    assertThat(problem).containsPattern("p\\.yaml:4:\\d+ \\(\\Q" + path + "\\E");
    assertThat(problem.replaceAll(", p\\.yaml:\\d+:\\d+ \\([^)]*\\)", "")).contains(message);
    assertThat(problem.lines()).hasSize(1);
  }

  @Test
  void shouldRefuseTwoAnswersOfOneName() {
    assertThat(pipeline().problems("  - {model: id2.onnx, inputs: {x: a}}\n  - {model: id1.onnx, inputs: {x: b}}"))
        .containsExactly("\"y\" is answered twice, first on line 4, p.yaml:5:5 (steps[1]), give output \"y\" another name under outputs");
    assertThat(pipeline().problems("  - {model: id2.onnx, inputs: {x: a}}\n  - transform: {y: 1}")).singleElement().asString().contains("\"y\" is answered twice, first on line 4");
    assertThat(pipeline().problems("  - validate: {q: real > 1.0}\n  - validate: {q: real > 2.0}")).singleElement().asString().contains("two rules are named \"q\"");
  }

  @Test
  void shouldRefuseANameThatCouldBeTwoThings() {
    String steps = "  - {model: id1.onnx, inputs: {x: a}, outputs: {y: real}}\n  - transform: {b: real}";
    assertThat(pipeline().problems(steps)).singleElement().asString().contains("\"real\" could be out.real or input.real", "write the one that is meant");
    assertThat(pipeline().run(steps.replace("b: real", "b: \"out.real[0] + input.real\""), "{'a': 1, 'real': 2}")).containsExactly("{'real':[1.0],'b':3.0}");
  }

  @Test
  void shouldReportOneMistakeOnceAndAllOfThem() {
    String steps =
        """
          - {model: none.onnx, outputs: {x: answer}}
          - {model: id1.onnx, inputs: {x: answer}}
          - transform: {a: answer * 2.0, b: a + 1.0, c: unheard}
          - {model: id2.onnx, inputs: {x: three}, outputs: {y: second}}
        """;
    assertThat(pipeline().problems(steps)).hasSize(2).satisfies(problems -> {
      assertThat(problems.get(0)).contains("none.onnx");
      assertThat(problems.get(1)).contains("takes 2 elements");
    });
  }

  @Test
  void shouldRefuseAModelFileThatIsNone() {
    assertThat(pipeline().with("t.onnx", "not a model").problems("  - model: t.onnx")).singleElement().asString().contains("p.yaml:4");
    assertThat(pipeline().with("models/net/notes.txt", "").problems("  - model: net")).singleElement().asString().contains("has no version");
    assertThat(pipeline().with("models/net/2/other.txt", "").with("models/net/1/model.onnx", SampleModels.lr64()).problems("  - model: net"))
        .singleElement()
        .asString()
        .contains("has no file models/net/2/model.onnx", "name a version that is there: 1");
  }

  @Test
  void shouldRefuseToRankByWhatIsNoNumber() {
    TestPipeline pipeline = pipeline().source("source: {topic: in, rows: items, fields: {word: text}}");
    String steps = "  - {model: id2.onnx, inputs: {x: v}}\n  - rank: {by: BY, fields: [id]}";
    assertThat(pipeline.problems(steps.replace("BY", "word"))).singleElement().asString().contains("\"word\" is text", "ordered by one number each");
    assertThat(pipeline.problems(steps.replace("BY", "y"))).singleElement().asString().contains("float32 of shape [2]");
  }
}
