package io.yapok.onnxwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

class AwkwardModelsTest {

  @Test
  void shouldChangeAnswersWithBatchMatesWhenSoftmaxRunsAcrossRows() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.softmaxAcrossRows(1))) {
      assertThat(first(session, new float[][] {{1}})).isEqualTo(1f);
      assertThat(first(session, new float[][] {{1}, {1}})).isEqualTo(0.5f);
    }
  }

  @Test
  void shouldChangeAnswersSlightlyWithBatchMatesWhenQuantizedDynamically() throws OrtException {
    float[] row = {0.11f, 0.23f, 0.37f, 0.41f};
    try (OnnxSession session = new OnnxSession(AwkwardModels.dynamicallyQuantized(4, 9))) {
      float alone = first(session, new float[][] {row});
      float together = first(session, new float[][] {row, {3, -3, 3, -3}});
      assertThat(together).isNotEqualTo(alone).isBetween(alone - 0.1f, alone + 0.1f);
    }
  }

  @Test
  void shouldAnswerOneRowWhenMeanOfRows() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.meanOfRows(1))) {
      float[][] mean = (float[][]) session.run("x", new float[][] {{1}, {3}});
      assertThat(mean).isDeepEqualTo(new float[][] {{2}});
    }
  }

  @Test
  void shouldFailTheWholeBatchWhenOneRowIsOutsideTheTable() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.failsOutsideTable(4))) {
      assertThat((float[][]) session.run("place", new long[][] {{3}, {0}}))
          .isDeepEqualTo(new float[][] {{30}, {0}});
      assertThatThrownBy(() -> session.run("place", new long[][] {{3}, {4}}))
          .isInstanceOf(OrtException.class)
          .hasMessageContaining("out of data bounds");
    }
  }

  @Test
  void shouldAnswerNanSilentlyWhenNegative() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.nonFinite(1))) {
      float[][] logs = (float[][]) session.run("x", new float[][] {{1}, {-1}, {0}});
      assertThat(logs[0][0]).isZero();
      assertThat(logs[1][0]).isNaN();
      assertThat(logs[2][0]).isEqualTo(Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void shouldNotLoadWhenOperatorIsUnknown() {
    assertThatThrownBy(() -> new OnnxSession(AwkwardModels.unknownOperator(1)))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("Frobnicate");
  }

  @Test
  void shouldNotLoadWhenExternalDataIsMissing() {
    assertThatThrownBy(() -> new OnnxSession(AwkwardModels.externalData("nowhere.bin")))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("nowhere.bin");
  }

  @Test
  void shouldNotLoadWhenOperatorSetIsOfTheFuture() {
    assertThatThrownBy(() -> new OnnxSession(AwkwardModels.futureOpset(1)))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("9999");
  }

  @Test
  void shouldTurnAsOftenAsItsInputSaysWhenLoop() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.loop())) {
      assertThat((long[]) session.run("turns", new long[] {1000})).containsExactly(1000);
    }
  }

  @Test
  void shouldAllocateAsMuchAsItsInputSays() throws OrtException {
    try (OnnxSession session = new OnnxSession(AwkwardModels.allocates())) {
      assertThat((float[]) session.run("elements", new long[] {5})).hasSize(5);
    }
  }

  private static float first(OnnxSession session, float[][] x) throws OrtException {
    return ((float[][]) session.run("x", x))[0][0];
  }
}
