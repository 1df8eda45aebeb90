package io.yapok.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration TIME = Duration.ofMillis(100);
  private static final long MILLI = 1_000_000;

  @Test
  void shouldNotCutByTimeWhenNothingIsKnown() {
    assertThat(new Pace().recordsIn(TIME)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void shouldCutToOneRecordWhenARecordTakesLongerThanABatchMay() {
    assertThat(new Pace(500.0 * MILLI).recordsIn(TIME)).isEqualTo(1);
  }

  @Test
  void shouldBelieveAQuickerBatchAtOnce() {
    Pace pace = new Pace(50.0 * MILLI);

    pace.measured(1, MILLI);

    assertThat(pace.recordsIn(TIME)).isEqualTo(100);
  }

  @Test
  void shouldHardlyHeedOneColdRecordWhenItIsMuchSlower() {
    Pace pace = new Pace(0.01 * MILLI);

    pace.measured(1, 50 * MILLI);

    assertThat(pace.recordsIn(TIME)).isGreaterThan(500);
  }

  @Test
  void shouldFollowWhenLargeBatchesStaySlow() {
    Pace pace = new Pace(0.01 * MILLI);

    for (int batch = 0; batch < 20; batch++) {
      pace.measured(1000, 1000 * MILLI);
    }

    assertThat(pace.recordsIn(TIME)).isBetween(95, 110);
  }
}
