package io.yapok.perf.internal.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScoreTextTest {
  private final ScoreText score = new ScoreText("score");

  @Test
  void shouldReadTheScoreWhenTheResultHasOne() {
    assertThat(bits("{\"time\":1,\"out\":{\"score\":[0.0014974177]},\"metadata\":{\"score\":[2]}}")).isEqualTo(Float.floatToIntBits(0.0014974177f));
  }

  @Test
  void shouldRefuseWhenThereIsNoScore() {
    assertThatThrownBy(() -> bits("{\"time\":1,\"out\":{\"sum\":[1]}}")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("\"sum\"");
  }

  private int bits(String json) {
    return score.bits(json.getBytes(StandardCharsets.UTF_8));
  }
}
