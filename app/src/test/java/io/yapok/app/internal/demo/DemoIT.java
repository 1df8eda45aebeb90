package io.yapok.app.internal.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemoIT {
  @Test
  @Timeout(120)
  void shouldBalanceAndReportWhatItMeasured() throws InterruptedException {
    var screen = new ByteArrayOutputStream();
    DemoReport report;
    try (StopSignal stop = new StopSignal()) {
      report = new Demo(500, Duration.ofSeconds(6), new PrintStream(screen, true, UTF_8), false).run(stop);
    }

    System.out.println(report.toText());
    assertThat(report.balances()).as(report.toText()).isTrue();
    assertThat(report.in()).isGreaterThan(1_000);
    assertThat(report.rejected()).as("some payments are broken").isPositive();
    assertThat(report.dropped()).isZero();
    assertThat(report.frauds()).isPositive();
    assertThat(report.caught()).isPositive().isLessThanOrEqualTo(report.flagged());
    assertThat(report.toJson())
        .hasLineCount(1)
        .matches(
            "\\{\"in\":\\d+,\"out\":\\d+,\"rejected\":\\d+,\"dropped\":0,\"records_per_second\":\\d+,"
                + "\"latency_ms\":\\{\"p50\":[0-9.]+,\"p99\":[0-9.]+,\"max\":[0-9.]+},.*}");
    assertThat(screen.toString(UTF_8)).contains("records/s").doesNotContain("\u001b");
  }

  @Test
  @Timeout(120)
  void shouldEndWhenItIsStoppedAndStillBalance() throws InterruptedException {
    try (StopSignal stop = new StopSignal()) {
      stop.raise();

      DemoReport report = new Demo(500, null, new PrintStream(new ByteArrayOutputStream(), true, UTF_8), false).run(stop);

      assertThat(report.balances()).as(report.toText()).isTrue();
    }
  }
}
