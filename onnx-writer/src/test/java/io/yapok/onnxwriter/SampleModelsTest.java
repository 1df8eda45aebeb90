package io.yapok.onnxwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleModelsTest {

  @Test
  void shouldGiveEqualBytesWhenWrittenTwice() {
    assertThat(SampleModels.mlp64().toBytes()).isEqualTo(SampleModels.mlp64().toBytes());
    assertThat(SampleModels.logisticRegression(8, 1).toBytes())
        .isNotEqualTo(SampleModels.logisticRegression(8, 2).toBytes());
  }

  @Test
  void shouldScoreEachRowWhenLogisticRegression() throws OrtException {
    float[][] x = random(5, 64);
    try (OnnxSession session = new OnnxSession(SampleModels.lr64())) {
      float[][] scores = (float[][]) session.run("x", x);
      assertThat(scores).hasDimensions(5, 1);
      assertThat(scores[0][0]).isBetween(0f, 1f).isNotEqualTo(scores[1][0]);
    }
  }

  @Test
  void shouldAnswerWithinTheUnitIntervalWhenMlp() throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.mlp64())) {
      float[][] scores = (float[][]) session.run("x", random(3, 64));
      assertThat(scores).hasDimensions(3, 1);
      assertThat(scores[0][0]).isBetween(0f, 1f).isNotEqualTo(scores[1][0]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldDeclareItsRowsAndScoreAsTheFreeModelWhenBatchIsFixed(int rows) throws OrtException {
    float[][] x = random(rows, 8);
    try (OnnxSession fixed = new OnnxSession(SampleModels.fixedBatch(rows, 8, 7));
        OnnxSession free = new OnnxSession(SampleModels.logisticRegression(8, 7))) {
      TensorInfo info = (TensorInfo) fixed.raw().getInputInfo().get("x").getInfo();
      assertThat(info.getShape()).containsExactly(rows, 8);
      float[][] expected = (float[][]) free.run("x", x);
      float[][] actual = (float[][]) fixed.run("x", x);
      for (int row = 0; row < rows; row++) {
        assertThat(actual[row][0]).isCloseTo(expected[row][0], within(1e-6f));
      }
    }
  }

  @Test
  void shouldAnswerBothOutputsWhenTwoInputs() throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.twoInTwoOut(2))) {
      Map<String, Object> answers =
          session.run(Map.of("left", new float[][] {{5, 7}}, "right", new float[][] {{2, 3}}));
      assertThat(answers.keySet()).containsExactly("sum", "difference");
      assertThat((float[][]) answers.get("sum")).isDeepEqualTo(new float[][] {{7, 10}});
      assertThat((float[][]) answers.get("difference")).isDeepEqualTo(new float[][] {{3, 4}});
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void shouldDeclareTheTypeWhenIdentityOfAnyType(ElementType type) throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.identity(type, 2))) {
      TensorInfo info = (TensorInfo) session.raw().getInputInfo().get("x").getInfo();
      assertThat(info.onnxType.name()).endsWith("_" + type);
      assertThat(info.getShape()).containsExactly(-1, 2);
      assertThat(info.getDimensionNames()).containsExactly("N", "");
    }
  }

  @Test
  void shouldFindPlacesWhenWordsAreKnown() throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.wordPlace("grocery", "fuel"))) {
      String[][] words = {{"fuel"}, {"yacht"}, {"grocery"}};
      assertThat((long[][]) session.run("word", words)).isDeepEqualTo(new long[][] {{1}, {-1}, {0}});
    }
  }

  @Test
  void shouldAnswerLabelsAndMapsWhenZipMap() throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.zipMapClassifier())) {
      Map<String, Object> answers = session.run(Map.of("x", random(2, 4)));
      assertThat((String[]) answers.get("label")).hasSize(2);
      List<?> maps = (List<?>) answers.get("probabilities");
      assertThat(maps).hasSize(2);
      Map<?, ?> first = ((OnnxMap) maps.getFirst()).getValue();
      assertThat(first.keySet()).isEqualTo(Set.of("setosa", "versicolor", "virginica"));
      double sum = first.values().stream().mapToDouble(share -> (Float) share).sum();
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void shouldNameItsStringInput() throws OrtException {
    try (OnnxSession session = new OnnxSession(SampleModels.wordPlace("a"))) {
      TensorInfo info = (TensorInfo) session.raw().getInputInfo().get("word").getInfo();
      assertThat(info.type).isEqualTo(OnnxJavaType.STRING);
    }
  }

  private static float[][] random(int rows, int features) {
    Random random = new Random(42);
    float[][] x = new float[rows][features];
    for (float[] row : x) {
      for (int feature = 0; feature < features; feature++) {
        row[feature] = random.nextFloat();
      }
    }
    return x;
  }
}
