package io.yapok.perf.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.workload.Workloads;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceReportTest {
  private final Race race = new Race(Workloads.named("lr64").orElseThrow(), List.of(Contestant.CLIENT_LOOP, Contestant.YAPOK), 1000, 3, 10);
  private final RaceReport report =
      new RaceReport(
          race,
          Map.of(
              Contestant.CLIENT_LOOP, List.of(run(100_000), run(200_000), run(400_000)),
              Contestant.YAPOK, List.of(run(90_000), run(100_000), run(380_000))));

  @Test
  void shouldFormRatiosWithinEachRoundWhenTheMachineChangesItsSpeed() {
    // 0.90, 0.50 and 0.95: the ratio of the medians would be 0.50
    assertThat(JsonLine.of(report.toMap())).contains("\"ratios\":{\"yapok/client-loop\":0.9}");
  }

  @Test
  void shouldBeOneObjectWithMediansWhenAskedForJson() {
    assertThat(JsonLine.of(report.toMap()))
        .startsWith("{\"workload\":\"lr64\",\"records\":1000,\"commit_interval_ms\":10,\"contestants\":{\"client-loop\":{\"records_per_second\":200000,")
        .contains("\"records_per_second_highest\":400000,\"cpu_us_per_record\":1.25,\"rss_mb\":null}")
        .endsWith("\"runs\":3}");
  }

  @Test
  void shouldShowTheSpreadWhenAskedForATable() {
    assertThat(report.toText()).contains("200,000 (100,000 to 400,000)").containsPattern("yapok/client-loop +0\\.90 \\(0\\.50 to 0\\.95\\)");
  }

  @Test
  void shouldCountPredictionsPerBusyCoreWhenARecordHoldsManyRows() {
    Race ranking = new Race(Workloads.named("ranking").orElseThrow(), List.of(Contestant.YAPOK), 10, 1, 10);

    // 674 rows in 5,000 us of processor time
    assertThat(JsonLine.of(new RaceReport(ranking, Map.of(Contestant.YAPOK, List.of(new RunFigures(150, 5000, 200)))).toMap()))
        .contains("\"predictions_per_second\":101100,\"predictions_per_second_per_core\":134800");
  }

  @Test
  void shouldDrawABarForEachContestantWhenAskedForAChart() {
    Environment environment = new Environment("2 cores, a <kind>", "25", "4.3.1", LocalDate.of(2026, 11, 21), "./yapok bench lr64");

    assertThat(report.toChart(environment).toSvg())
        .contains("<svg ", ">client-loop<", ">yapok<", ">200,000<", "2 cores, a &lt;kind&gt;; Java 25, Kafka 4.3.1; 2026-11-21; ./yapok bench lr64")
        .endsWith("</svg>\n");
  }

  private static RunFigures run(double recordsPerSecond) {
    return new RunFigures(recordsPerSecond, 1.25, Double.NaN);
  }
}
