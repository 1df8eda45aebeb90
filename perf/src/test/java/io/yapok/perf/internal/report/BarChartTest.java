package io.yapok.perf.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
  @Test
  void shouldBreakABarOffWhenItIsManyTimesAsLongAsTheHighlightedOne() {
    List<BarChart.Bar> bars = List.of(bar("ort-only", 15_000_000, false), bar("client-loop", 200_000, false), bar("yapok", 100_000, true));

    assertThat(new BarChart("lr64", "records a second", "here", bars).toSvg())
        .contains("width=\"356.0\"", "width=\"12.0\"", ">15,000,000<") // to 380
        .contains("width=\"253.3\"", "width=\"126.7\"");
  }

  private static BarChart.Bar bar(String label, double value, boolean highlighted) {
    return new BarChart.Bar(label, new Spread(value, value, value), highlighted);
  }
}
