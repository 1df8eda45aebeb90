package io.yapok.onnxwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelTest {

  @Test
  void shouldCarryEveryKindOfConstantWhenLoaded() throws OrtException {
    OnnxModel model =
        Graph.named("constants")
            .initializer(Initializer.floats("f", List.of(2L), 1.5f, Float.NaN))
            .initializer(Initializer.doubles("d", List.of(), Math.PI))
            .initializer(Initializer.int32s("i", List.of(1L, 2L), -1, 2))
            .initializer(Initializer.int64s("l", List.of(1L), Long.MIN_VALUE))
            .initializer(Initializer.bytes("b", ElementType.BOOL, List.of(2L), (byte) 1, (byte) 0))
            .initializer(Initializer.strings("s", List.of(2L), "zwei", "schöne"))
            .output("f", OnnxType.tensor(ElementType.FLOAT, Dim.of(2)))
            .output("d", OnnxType.tensor(ElementType.DOUBLE))
            .output("i", OnnxType.tensor(ElementType.INT32, Dim.of(1), Dim.of(2)))
            .output("l", OnnxType.tensor(ElementType.INT64, Dim.of(1)))
            .output("b", OnnxType.tensor(ElementType.BOOL, Dim.of(2)))
            .output("s", OnnxType.tensor(ElementType.STRING, Dim.of(2)))
            .toModel();
    try (OnnxSession session = new OnnxSession(model)) {
      var values = session.run(Map.of());
      assertThat((float[]) values.get("f")).containsExactly(1.5f, Float.NaN);
      assertThat(values.get("d")).isEqualTo(Math.PI);
      assertThat((int[][]) values.get("i")).isDeepEqualTo(new int[][] {{-1, 2}});
      assertThat((long[]) values.get("l")).containsExactly(Long.MIN_VALUE);
      assertThat((boolean[]) values.get("b")).containsExactly(true, false);
      assertThat((String[]) values.get("s")).containsExactly("zwei", "schöne");
    }
  }

  @Test
  void shouldKeepMetadataAndGraphNameWhenLoaded() throws OrtException {
    OnnxModel model = SampleModels.lr64().metadata("trained-on", "nothing");
    try (OnnxSession session = new OnnxSession(model)) {
      assertThat(session.raw().getMetadata().getCustomMetadata())
          .containsEntry("trained-on", "nothing");
      assertThat(session.raw().getMetadata().getGraphName()).isEqualTo("logistic-regression");
      assertThat(session.raw().getMetadata().getProducerName()).isEqualTo("yapok");
    }
  }

  @Test
  void shouldReplaceTheFileWhenWritten(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("m.onnx"), "x".repeat(100_000));
    SampleModels.lr64().writeTo(file);
    assertThat(file).hasBinaryContent(SampleModels.lr64().toBytes());
  }

  @Test
  void shouldRefuseAConstantWhoseShapeDisagrees() {
    assertThatThrownBy(() -> Initializer.floats("w", List.of(2L, 2L), 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 'w' of shape [2, 2] has 4 elements, not 3");
  }

  @Test
  void shouldNotChangeWhenTheArrayItWasMadeFromDoes() {
    byte[] array = {1, 2};
    Initializer constant = Initializer.bytes("b", ElementType.UINT8, List.of(2L), array);
    array[0] = 9;
    assertThat(((Initializer.Contents.Raw) constant.contents()).bytes().get(0)).isEqualTo((byte) 1);
  }
}
