package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} shows and {@code init} writes. */
final class ModelInspectorTest {
  @TempDir private Path directory;

  private Path file(String name, OnnxModel model) throws IOException {
    return model.writeTo(directory.resolve(name));
  }

  @Test
  void shouldShowWhatAModelTakesAndGives() throws IOException {
    ModelReport report = ModelInspector.inspect(file("zip.onnx", SampleModels.zipMapClassifier()));
    assertThat(report.text())
        .contains("model     zip", "sha256    " + report.version().sha256(), "x  float[N, 4]  a row gives 4 numbers", "called setosa, versicolor, virginica", "a row gets a text", "ai.onnx.ml 3")
        .doesNotContain("possible");
    assertThat(report.toMap()).containsEntry("bytes", report.bytes()).containsKeys("inputs", "outputs", "batching", "rows_per_run");
    assertThat(report.toMap().get("inputs").toString()).contains("type=float, shape=[N, 4], row_type=float32, row_shape=[4]");
  }

  @Test
  void shouldSayHowRowsBatch() throws IOException {
    assertThat(ModelInspector.inspect(file("soft.onnx", AwkwardModels.softmaxAcrossRows(3))).text()).contains("batching  row by row: rows change each other's answers");
    assertThat(ModelInspector.inspect(file("lr.onnx", SampleModels.lr64())).rowsPerRun()).isGreaterThan(1);
    assertThat(ModelInspector.inspect(file("three.onnx", SampleModels.fixedBatch(3, 4, 1))).text()).contains("write `rows: 3` in the step");
  }

  @Test
  void shouldSayWhyAModelCannotBeUsed() throws IOException {
    Path text = Files.writeString(directory.resolve("t.onnx"), "no model");
    assertThatThrownBy(() -> ModelInspector.inspect(text)).isInstanceOf(ProblemsException.class).hasMessageContaining("t.onnx");
    assertThatThrownBy(() -> ModelInspector.inspect(directory.resolve("none.onnx"))).hasMessageContaining("there is no model file");
    assertThatThrownBy(() -> ModelInspector.inspect(file("e.onnx", AwkwardModels.externalData("w.bin")))).hasMessageContaining("w.bin");
  }

  @Test
  void shouldDraftDocumentsThatCompileAsTheyAre() throws IOException {
    List<OnnxModel> models =
        List.of(
            SampleModels.lr64(),
            SampleModels.twoInTwoOut(3),
            SampleModels.fixedBatch(3, 4, 1),
            SampleModels.wordPlace("a", "b"),
            SampleModels.zipMapClassifier(),
            awkwardNames("0", "21"),
            awkwardNames("input.1", "out.2"),
            awkwardNames("a \"b\": #c", "true"),
            awkwardNames("input", "in"));
    for (OnnxModel model : models) {
      Path file = file("my net.onnx", model);
      String yaml = PipelineDraft.of(file);
      assertThat(yaml).contains(PipelineDraft.MARK, "name: my-net");
      Steps.compile(PipelineDocument.parse(yaml, directory.resolve("p.yaml").toString())).close();
      String suggested = yaml.replaceAll("(?m)^  # ", "  ").replaceAll("(?m)^(    )# (rows.*)", "$1$2");
      Steps.compile(PipelineDocument.parse(suggested, directory.resolve("p.yaml").toString())).close();
    }
  }

  @Test
  void shouldFindAModelWhoseFileDoesNotEndInOnnx() throws IOException {
    String yaml = PipelineDraft.of(file("net.pb", SampleModels.lr64()));
    Steps.compile(PipelineDocument.parse(yaml, directory.resolve("p.yaml").toString())).close();
  }

  private static OnnxModel awkwardNames(String input, String output) {
    OnnxType rows = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(2));
    return Graph.named("awkward").input(input, rows).node(Node.of("Identity").in(input).out(output)).output(output, rows).toModel();
  }
}
