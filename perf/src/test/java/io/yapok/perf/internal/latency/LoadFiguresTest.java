package io.yapok.perf.internal.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFiguresTest {
  private static final long MILLI = 1_000_000;

  @Test
  void shouldKnowWhenARecordShouldLeaveFromItsIdAlone() {
    Schedule schedule = new Schedule(4, 10, 20, 2000);
    assertThat(schedule.intended(4, 7_000)).isEqualTo(7_000);
    assertThat(schedule.intended(2004, 7_000)).isEqualTo(1_000_007_000L);
    assertThat(schedule.firstMeasured()).isEqualTo(14);
    assertThat(schedule.end()).isEqualTo(34);
  }

  @Test
  void shouldBeInvalidWhenOneInAHundredWasLaterThanTheBound() {
    assertThat(run(hundred(2, 6)).isOnTime(Duration.ofMillis(5))).isTrue(); // one in a hundred is not more than 1 %
    Histogram two = hundred(2, 6);
    two.recordValue(6 * MILLI);
    assertThat(run(two).isOnTime(Duration.ofMillis(5))).isFalse();
  }

  @Test
  void shouldTakeTheGeneratorsPartAwayWhenItWasLate() {
    LoadFigures figures = new LoadFigures(load(), hundred(9, 9), hundred(2, 2), 1000, 1, 100);
    assertThat(figures.ownP99Millis()).isCloseTo(7, within(0.02));
  }

  @Test
  void shouldSayWhichRunIsInvalidWhenAGeneratorWasLate() {
    MeasureSettings settings =
        new MeasureSettings(
            Workloads.named("lr64").orElseThrow(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            10,
            Delivery.AT_LEAST_ONCE,
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Duration.ofMillis(5),
            Path.of("."),
            line -> {});
    Outcome fine = new LatencyReport(settings, List.of(run(hundred(1, 1)))).outcome();
    Outcome late = new LatencyReport(settings, List.of(run(hundred(1, 1)), run(hundred(9, 9)))).outcome();

    assertThat(fine.valid()).isTrue();
    assertThat(fine.text()).doesNotContain("INVALID").contains("at_least_once");
    assertThat(late.valid()).isFalse();
    assertThat(late.text().lines().filter(line -> line.contains("INVALID"))).hasSize(1);
  }

  @Test
  void shouldBeTheSameHistogramWhenAnotherProcessReadsIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("late.hdr");
    Histogram written = hundred(1, 50);
    Histograms.record(written, -3);
    Histograms.write(written, file);
    assertThat(Histograms.read(file)).isEqualTo(written);
    assertThat(Histograms.millis(Histograms.nanos(), 99)).isNaN();
  }

  private static LoadFigures run(Histogram lateness) {
    return new LoadFigures(load(), hundred(3, 4), lateness, 1000, 1, 100);
  }

  private static Load load() {
    return new Load("yapok-1000", Contestant.YAPOK, 10, 1000, 50, 100);
  }

  /** 99 values, and one. */
  private static Histogram hundred(long millis, long last) {
    Histogram histogram = Histograms.nanos();
    histogram.recordValueWithCount(millis * MILLI, 99);
    histogram.recordValue(last * MILLI);
    return histogram;
  }
}
