package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.StateTensor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document may feed back to a model. */
final class RecurrentStepsTest {
  @TempDir private Path directory;

  private TestPipeline pipeline() {
    return new TestPipeline(directory)
        .with("gru.onnx", SampleModels.gru(2, 4, 1))
        .with("whole.onnx", sum(ElementType.INT64, Dim.of(1)))
        .with("wide.onnx", sum(ElementType.FLOAT, Dim.of(70_000)))
        .with("widest.onnx", sum(ElementType.FLOAT, Dim.of(131_073)))
        .with("open.onnx", sum(ElementType.FLOAT, Dim.named("W")))
        .with("text.onnx", withText())
        .with("id.onnx", SampleModels.identity(ElementType.FLOAT, 4))
        .with("mean.onnx", AwkwardModels.meanOfRows(4));
  }

  /** {@code out = in + x}. */
  private static OnnxModel sum(ElementType type, Dim width) {
    OnnxType rows = OnnxType.tensor(type, Dim.rows(), width);
    return Graph.named("sum").input("x", rows).input("in", rows).node(Node.of("Add").in("x", "in").out("out")).output("out", rows).toModel();
  }

  private static OnnxModel withText() {
    OnnxType number = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1));
    OnnxType text = OnnxType.tensor(ElementType.STRING, Dim.rows(), Dim.of(1));
    return Graph.named("text")
        .input("word", text)
        .input("in", number)
        .node(Node.of("Identity").in("word").out("same"))
        .node(Node.of("Identity").in("in").out("out"))
        .output("same", text)
        .output("out", number)
        .toModel();
  }

  @Test
  void shouldKeepWhatOnlyFeedsAnInputToItself() {
    try (CompiledSteps steps = pipeline().compile("  - {model: gru.onnx, name: my.gru, state: {h_in: h_out}}")) {
      assertThat(steps.result().outputs()).extracting(Named::name).containsExactly("score");
      assertThat(steps.source().fields()).extracting(SourceField::path).containsExactly("x");
      StateTensor tensor = steps.state().tensors().getFirst();
      assertThat(steps.state().tensors()).hasSize(1);
      assertThat(tensor.name()).isEqualTo("my_gru_h_in");
      assertThat(tensor.shape()).isEqualTo(RowShape.of(4));
      assertThat(tensor.model()).isEqualTo(steps.models().getFirst().version().sha256());
      assertThat(steps.layout().column(tensor.slot()).name()).isEqualTo("my.gru:h_in");
    }
  }

  @Test
  void shouldShowWhatFeedsAnInputWhenItHasAName() {
    String steps = "  - {model: gru.onnx, state: {h_in: h_out}, outputs: {h_out: hidden}}\n  - transform: {first: 'hidden[0]'}";
    try (CompiledSteps compiled = pipeline().compile(steps)) {
      assertThat(compiled.result().outputs()).extracting(Named::name).containsExactlyInAnyOrder("score", "hidden", "first");
    }
  }

  @Test
  void shouldFeedItAsAnyInputWhenTheDocumentDoesNotSayState() {
    try (CompiledSteps compiled = pipeline().compile("  - {model: gru.onnx}")) {
      assertThat(compiled.state().tensors()).isEmpty();
      assertThat(compiled.source().fields()).extracting(SourceField::path).containsExactly("x", "h_in");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {model: gru.onnx, state: {h_im: h_out}}                          | steps[0].state.h_im | the model has no input "h_im", did you mean "h_in"? it takes x float[N, 2], h_in float[N, 4]
          {model: gru.onnx, state: {h_in: h_outt}}                         | steps[0].state.h_in | the model has no output "h_outt", did you mean "h_out"? it gives
          {model: gru.onnx, state: {h_in: score}}                          | steps[0].state.h_in | output "score" gives float32 of shape [1] a row, and input "h_in" takes float32 of shape [4]
          {model: whole.onnx, state: {in: out}}                            | steps[0].state.in   | input "in" is int64, and state is kept as float32
          {model: open.onnx, state: {in: out}, inputs: {x: v}}             | steps[0].state.in   | has a row of shape [?], and state has one shape for all rows
          {model: text.onnx, state: {in: out}}                             | steps[0].model      | input "word" takes text of shape [1] a row, and a model with state takes numbers of fixed shapes
          {model: mean.onnx, state: {x: mean}}                             | steps[0].state.x    | output "mean" gives float32 of shape [1, 4] a row, and input "x" takes float32 of shape [4]
          """)
  void shouldSayWhereAndWhatToDo(String step, String path, String message) {
    String problems = String.join("\n", pipeline().problems("  - " + step));
    assertThat(problems).containsPattern("p\\.yaml:4:\\d+ \\(\\Q" + path + "\\E");
    assertThat(problems.replaceAll(", p\\.yaml:\\d+:\\d+ \\([^)]*\\)", "")).contains(message);
  }

  @Test
  void shouldRefuseATensorThatIsTooLargeForARecordOfTheChangelog() {
    assertThat(pipeline().problems("  - {model: widest.onnx, state: {in: out}}"))
        .containsExactly(
            "with input \"in\" 131073 numbers are remembered of a key, p.yaml:4:34 (steps[0].state.in), take a model with a smaller state: at most 131072 numbers in all sequences and models' tensors");
  }

  @Test
  void shouldRefuseTensorsAndSequencesThatAreTooLargeTogether() {
    String twice = "  - {model: wide.onnx, name: a, state: {in: out}, outputs: {out: one}}\n  - {model: wide.onnx, name: b, state: {in: out}, outputs: {out: other}}";
    assertThat(pipeline().problems(twice)).singleElement().asString().startsWith("with input \"in\" 140000 numbers are remembered of a key, p.yaml:5:41 (steps[1].state.in), ");

    TestPipeline remembering = pipeline().source("source: {topic: in}\nstate: {sequence: {s: {of: [v, w, y, z, u, t, r], last: 9000}}}");
    assertThat(remembering.problems("  - {model: wide.onnx, state: {in: out}}")).singleElement().asString().startsWith("with input \"in\" 133000 numbers are remembered of a key, ");
  }

  @Test
  void shouldTakeTensorsThatAreNotTooLarge() {
    try (CompiledSteps steps = pipeline().compile("  - {model: wide.onnx, state: {in: out}}")) {
      assertThat(steps.state().tensors()).hasSize(1);
    }
  }

  @Test
  void shouldRefuseTwoStatesOfOneName() {
    String steps =
        """
          - {model: gru.onnx, name: a.b, state: {h_in: h_out}}
          - {model: gru.onnx, name: a_b, state: {h_in: h_out}, outputs: {score: other}}
        """;
    assertThat(pipeline().problems(steps))
        .containsExactly("the state of two inputs would be kept under one name, \"a_b_h_in\", p.yaml:5:42 (steps[1].state.h_in), give one of the steps another name");
  }
}
