package io.yapok.perf.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each measure at a tiny size: it shows that it still runs and sees what it should; its figures mean nothing. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MeasureIT {
  @Test
  void shouldSeeEveryMomentOfAStartWhenAskedForIt() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "start", "--runs", "1", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .startsWith("{\"workload\":\"lr64\",\"measure\":\"start\",")
        .containsPattern("\"start_ms\":[1-9]")
        .containsSubsequence("JVM is up", "\"main\"", "command line read", "compiled", "topics checked", "Kafka Streams built", "group joined", "tasks ready")
        .containsSubsequence("tasks ready", "first batch polled", "first result written", "first commit");
  }
}
