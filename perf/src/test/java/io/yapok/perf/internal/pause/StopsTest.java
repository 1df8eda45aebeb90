package io.yapok.perf.internal.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopsTest {
  private final Stops.Window window = new Stops.Window(1_000, 2_000);

  @Test
  void shouldCountOnlyStopsOfTheMeasuredTimeWhenTheLogHasMore() {
    Stops stops =
        Stops.ofSafepoints(
            Stream.of(
                "[999ns] Safepoint \"G1CollectForAllocation\", Time since last: 34 ns, Reaching safepoint: 7 ns, At safepoint: 5 ns, Leaving safepoint: 1 ns, Total: 9000000 ns, Threads: 0 runnable, 12 total",
                "[1500ns] Safepoint \"G1CollectForAllocation\", Time since last: 34 ns, Reaching safepoint: 7 ns, At safepoint: 5 ns, Leaving safepoint: 1 ns, Total: 2000000 ns, Threads: 0 runnable, 12 total",
                "[1600ns] Entering safepoint region: ICBufferFull",
                "[2000ns] Safepoint \"ZMarkStart\", Time since last: 34 ns, Reaching safepoint: 7 ns, Cleanup: 3 ns, At safepoint: 5 ns, Total: 500000 ns"),
            window);

    assertThat(stops.nanos().getTotalCount()).isEqualTo(2);
    assertThat(stops.totalMillis()).isEqualTo(2.5);
    assertThat(stops.maxMillis()).isCloseTo(2, within(0.01));
  }

  @Test
  void shouldReadWhatTheMeterWroteWhenItsProcessHasEnded(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("hiccups");
    Files.write(file, ByteBuffer.allocate(48).putLong(900).putLong(7_000_000).putLong(1_200).putLong(60_000).putLong(1_900).putLong(3_000_000).array());

    Stops stops = Stops.ofHiccups(file, window);

    assertThat(stops.nanos().getTotalCount()).isEqualTo(2);
    assertThat(stops.totalMillis()).isCloseTo(3.06, within(1e-9));
  }
}
