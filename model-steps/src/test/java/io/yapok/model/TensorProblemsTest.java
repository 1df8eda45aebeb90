package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.RowShape;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of pipelines whose records or results cannot be tensors. */
final class TensorProblemsTest {
  @TempDir private Path directory;

  private TestPipeline pipeline(String source) {
    return new TestPipeline(directory)
        .source("source: " + source)
        .with("id2.onnx", SampleModels.identity(ElementType.FLOAT, 2))
        .with("text.onnx", SampleModels.identity(ElementType.STRING, 1))
        .with("open.onnx", open());
  }

  /** An input of two open dimensions beside its rows. */
  private static OnnxModel open() {
    OnnxType type = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.named("height"), Dim.named("width"));
    return Graph.named("open").input("x", type).node(Node.of("Identity").in("x").out("y")).output("y", type).toModel();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          format: tensor                                                | {model: id2.onnx, inputs: {x: [a, b]}}      | source      | the steps read the fields "a", "b", name the tensor alike wherever
          format: tensor                                                | {transform: {a: 1 + 1}}                     | source      | no step reads one, name a field of your choice
          format: tensor                                                | {model: text.onnx}                          | source      | "x" is read as text, which a tensor cannot hold, declare a number or bool
          format: tensor, fields: {x: {type: float32, shape: [2], default: 0.5}} | {model: id2.onnx}                | source      | "x" is the whole record and never absent, so its default means nothing, remove the default
          format: tensor, rows: items                                 | {model: id2.onnx}                           | source.rows | the tensor is named "x", write rows: x
          """)
  void shouldSayWhatASourceOfTensorsCannotDo(String keys, String step, String path, String message) {
    String problem = String.join("\n", pipeline("{topic: in, " + keys + "}").problems("  - " + step));
    assertThat(problem).containsPattern("p\\.yaml:2:\\d+ \\(\\Q" + path + "\\E\\)");
    assertThat(problem.replaceAll(", p\\.yaml:\\d+:\\d+ \\([^)]*\\)", "")).contains(message);
    assertThat(problem.lines()).hasSize(1);
  }

  @Test
  void shouldAskForOneTypeWhereTheTensorIsReadAsSeveral() {
    String steps = "  - {model: id2.onnx, inputs: {x: {field: v, scale: 2}}}\n  - {model: id2.onnx, name: two, inputs: {x: v}, outputs: {y: z}}";

    assertThat(pipeline("{topic: in, format: tensor}").problems(steps))
        .singleElement()
        .asString()
        .startsWith("\"v\" is the whole record and read as float64[2] and as float32[2], p.yaml:2:")
        .endsWith("declare its one type and shape under source.fields");
    try (CompiledSteps compiled = pipeline("{topic: in, format: tensor, fields: {v: {type: float32, shape: [2]}}}").compile(steps)) {
      assertThat(compiled.source().fields()).extracting(field -> field.path()).containsOnly("v");
      assertThat(compiled.result().fields()).extracting(named -> named.name()).containsExactly("v");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", rows: x"})
  void shouldTakeTensorsOfSeveralOpenDimensions(String rows) {
    try (CompiledSteps compiled = pipeline("{topic: in, format: tensor" + rows + "}").compile("  - {model: open.onnx}")) {
      assertThat(compiled.layout().column(compiled.source().fields().getFirst().slot()).shape()).isEqualTo(RowShape.of(-1, -1));
    }
  }

  @Test
  void shouldReadEveryInputOfARequestButNoJson() {
    String steps = "  - transform: {y: a * 2.0 + b}\n";
    try (CompiledSteps compiled = pipeline("{topic: in, format: oip, fields: {a: float32, b: float64}}").compile(steps)) {
      assertThat(compiled.result().fields()).extracting(named -> named.name()).containsExactlyInAnyOrder("a", "b");
    }
    assertThat(pipeline("{topic: in, format: oip, rows: b, fields: {b: float64}}").problems("  - transform: {y: b * 2.0}\n  - rank: {by: y, fields: [a]}\n"))
        .singleElement()
        .asString()
        .startsWith("\"a\" is passed through as JSON, and an inference request has tensors, p.yaml:2:");
  }

  @Test
  void shouldNameTheResultsThatASinkOfTensorsCannotHold() {
    TestPipeline pipeline = pipeline("{topic: in}").sink("sink: {topic: out, format: tensor}");

    assertThat(pipeline.problems("  - {model: text.onnx, outputs: {y: word}}\n  - {model: id2.onnx, inputs: {x: v}}"))
        .containsExactly(
            "results are tensors, which cannot hold \"word\" (text), p.yaml:6:7 (sink), leave such out or declare fields as numbers, or write format: json");
    assertThat(pipeline.source("source: {topic: in, rows: items}").problems("  - {model: id2.onnx, inputs: {x: v}}\n  - rank: {by: n, fields: [id]}"))
        .containsExactly(
            "results are tensors, which cannot hold \"ranked.id\" (json), p.yaml:6:7 (sink), leave such out or declare fields as numbers, or write format: json");
  }
}
