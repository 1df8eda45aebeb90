package io.yapok.topology;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The same with half a second a row and a poll interval of 20 s, a minute in all. */
class SlowModelProof extends SlowModelIT {
  @Test
  void shouldNotRebalanceWithHalfASecondARowAndAPollIntervalOfTwentySeconds() throws Exception {
    answerWithoutRebalance("slow-proof", Duration.ofMillis(500), Duration.ofSeconds(20), 30);
  }

  @Override
  void shouldNotRebalanceWhenADrainTakesLongerThanThePollInterval() {
    // the short form runs by itself
  }
}
