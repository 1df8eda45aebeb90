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

  @Test
  void shouldCountEveryResultOnceWhenAskedForLatencyAtARate() {
    BenchIT.Ran ran =
        BenchIT.run("lr64", "--measure", "latency", "--rate", "2000", "--records", "2000", "--delivery", "at_least_once", "--contestants", "client-loop,yapok", "--accept-late", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .startsWith("{\"workload\":\"lr64\",\"measure\":\"latency\",\"delivery\":\"at_least_once\"")
        .containsPattern("\"contestant\":\"client-loop\",\"rate\":2000,\"records\":2000,\"latency_ms\":\\{\"p50\":[0-9.]+,\"p90\":[0-9.]+,\"p99\":[0-9.]+")
        .containsPattern("\"contestant\":\"yapok\",\"rate\":2000,.*\"generator_late_ms\":\\{\"p50\":[0-9.]+");
  }

  @Test
  void shouldExitWithThreeWhenTheGeneratorWasLater() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "latency", "--rate", "1000", "--records", "500", "--contestants", "client-loop", "--late-ms", "0");

    assertThat(ran.code()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out()).contains("INVALID");
  }

  @Test
  void shouldSeeTheJvmStandStillWhenAskedForPauses() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "pauses", "--rate", "2000", "--records", "4000", "--jvm-options", "-Xmx256m -XX:+UseSerialGC", "--accept-late", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .contains("\"jvm_options\":[\"-Xmx256m\",\"-XX:+UseSerialGC\"]")
        .containsPattern("\"safepoints_ms\":\\{\"count\":[1-9]")
        .containsPattern("\"hiccups_ms\":\\{\"count\":[1-9]")
        .containsPattern("\"control_ms\":\\{\"count\":[1-9]");
  }
}
