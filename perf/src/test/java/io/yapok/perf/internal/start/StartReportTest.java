package io.yapok.perf.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.workload.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartReportTest {
  private static final long START = 5_000_000_000L;

  private final MeasureSettings settings =
      new MeasureSettings(
          Workloads.named("lr64").orElseThrow(), OptionalInt.empty(), OptionalInt.empty(), 10, Delivery.EXACTLY_ONCE, List.of("-Xmx64m"), OptionalLong.empty(), Optional.empty(), Duration.ofMillis(5), Path.of("."), line -> {});

  @Test
  void shouldFindEachMomentOnceWhenTheJvmTellsOfItsClasses() {
    StartTrace trace =
        StartTrace.parse(
            Stream.of(
                "[5000000100ns] 0 Initializing 'java/lang/Object'(no method) (0x0000000049172020) by thread \"Unknown thread\"",
                "[5000000150ns] Start class verification for: io.yapok.app.Main",
                "[5000000200ns] 1 Initializing 'io/yapok/app/Main'(no method) (0x0000000049172020) by thread \"main\"",
                "[5000000300ns] 2 Initializing 'io/yapok/app/Main$1' (0x0000000049172020) by thread \"main\"",
                "[5000000400ns] 3 Initializing 'io/yapok/app/Main' (0x0000000049172020) by thread \"main\""));

    assertThat(trace.marks()).containsOnly(Map.entry(Mark.JVM, 5_000_000_100L), Map.entry(Mark.MAIN, 5_000_000_200L));
    assertThat(trace.classes()).isEqualTo(4);
  }

  @Test
  void shouldTakeTheMedianOfEachMomentWhenThereAreSeveralRuns() {
    StartReport report = new StartReport(settings, true, List.of(plain(900), plain(1000), plain(1400)), List.of(traced(100, 400), traced(120, 500), traced(300, 420)));

    assertThat(report.moments()).containsExactly(Map.entry(Mark.MAIN, 120.0), Map.entry(Mark.COMPILED, 420.0));
    Outcome outcome = report.outcome();
    assertThat(outcome.text()).containsPattern("first scored record +1000 ms \\(900 to 1400\\)").containsPattern("document and model compiled +420 +300").contains("-Xmx64m");
    assertThat(outcome.json().get("start_ms")).isEqualTo(1000.0);
  }

  @Test
  void shouldLeaveAMomentOutWhenARunDidNotHaveIt() {
    StartRun without = new StartRun(1000, 800, START, START + 1_000_000_000, Optional.of(new StartTrace(Map.of(Mark.MAIN, START + 1), 1)));
    assertThat(new StartReport(settings, false, List.of(plain(1000)), List.of(traced(100, 400), without)).moments()).containsOnlyKeys(Mark.MAIN);
  }

  private static StartRun plain(double millis) {
    return new StartRun(millis, 700, START, START + (long) (millis * 1e6), Optional.empty());
  }

  private static StartRun traced(long main, long compiled) {
    StartTrace trace = new StartTrace(Map.of(Mark.MAIN, START + main * 1_000_000, Mark.COMPILED, START + compiled * 1_000_000), 5000);
    return new StartRun(1100, 700, START, START + 1_100_000_000, Optional.of(trace));
  }
}
