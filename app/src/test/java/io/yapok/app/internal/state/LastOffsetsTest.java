package io.yapok.app.internal.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastOffsetsTest {
  @Test
  void shouldKnowTheLastOffsetOfEachKey() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var expected = new HashMap<String, Long>();
    var offsets = new LastOffsets();
    for (long offset = 0; offset < 50_000; offset++) {
      var key = "k" + random.nextInt(20_000);
      expected.put(key, offset);
      offsets.put(key.getBytes(UTF_8), offset);
    }

    assertThat(expected).allSatisfy((key, last) -> {
      assertThat(offsets.isLast(key.getBytes(UTF_8), last)).isTrue();
      assertThat(offsets.isLast(key.getBytes(UTF_8), last - 1)).isFalse();
    });
    assertThat(offsets.isLast("nobody".getBytes(UTF_8), 0)).isFalse();
  }
}
