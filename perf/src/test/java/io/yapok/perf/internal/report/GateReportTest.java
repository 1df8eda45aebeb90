package io.yapok.perf.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GateReportTest {
  private final GateReport report = new GateReport();

  @Test
  void shouldPassWhenNoRatioHasLostMoreThanATenth() {
    report.compare("lr64", Map.of("yapok/client-loop", 1.0, "yapok/flink-batched", 1.1), Map.of("yapok/client-loop", spread(0.91)));

    assertThat(report.passed()).isTrue();
    assertThat(report.toText()).startsWith("kept").contains("0.91, at least 0.90 (recorded 1.00)").hasLineCount(1);
  }

  @Test
  void shouldFailWhenARatioHasLostMoreThanATenth() {
    report.compare("lr64", Map.of("yapok/client-loop", 1.0), Map.of("yapok/client-loop", spread(0.89)));

    assertThat(report.passed()).isFalse();
    assertThat(report.toText()).startsWith("LOST");
  }

  @Test
  void shouldFailWhenADemandedRatioIsLowOrMissing() {
    report.demand("lr64", "yapok/client-loop", 0.30, Map.of("yapok/client-loop", spread(0.31)));
    assertThat(report.passed()).isTrue();

    report.demand("lr64", "yapok/client-loop", 0.30, Map.of());
    assertThat(report.passed()).isFalse();
  }

  private static Spread spread(double median) {
    return new Spread(median, median, median);
  }
}
