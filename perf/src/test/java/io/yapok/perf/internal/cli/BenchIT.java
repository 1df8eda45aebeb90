package io.yapok.perf.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole benchmark at a tiny size: it shows that everyone still runs and answers alike; its figures mean nothing. */
class BenchIT {
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldMeasureEveryContestantWhenTheirAnswersAgree() {
    Ran ran = run("lr64", "--records", "10000", "--runs", "1", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .startsWith("{\"workload\":\"lr64\",\"records\":10000,\"commit_interval_ms\":100,\"contestants\":{\"client-loop\":{\"records_per_second\":")
        .containsPattern("\"streams-passthrough\":\\{\"records_per_second\":[1-9]")
        .containsPattern("\"streams-per-record\":\\{\"records_per_second\":[1-9]")
        .containsPattern("\"flink-batched\":\\{\"records_per_second\":[1-9]")
        .containsPattern("\"ort-only\":\\{\"records_per_second\":[1-9]")
        .containsPattern("\"yapok\":\\{\"records_per_second\":[1-9]\\d*,[^}]+\"cpu_us_per_record\":[0-9.]+,\"rss_mb\":[1-9]")
        .containsPattern("\"ratios\":\\{\"yapok/client-loop\":[0-9.]+,\"yapok/streams-passthrough\":[0-9.]+,.*\"yapok/ort-only\":[0-9.]+},\"runs\":1}$");
  }

  /** JSON with state, and rows of which the best are answered: what the contestants of lr64 do not show. */
  @ParameterizedTest
  @ValueSource(strings = {"payments --records 20000", "ranking-tensor --records 200", "ranking-joined --records 60"})
  void shouldMeasureOtherWorkloads(String arguments) {
    Ran ran = run((arguments + " --runs 1 --json --contestants yapok").split(" "));

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last()).containsPattern("\"contestants\":\\{\"yapok\":\\{\"records_per_second\":[1-9].*},\"ratios\":\\{},\"runs\":1}$");
  }

  /** It fails if a feature that another computes by hand comes out differently. Redis runs where there is one. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void shouldMeasureStateWhenAllRememberTheSame() {
    Ran ran = run("state", "--cases", "5-100-hit", "--records", "4000", "--runs", "1", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .startsWith("{\"workload\":\"state\",\"records\":4100,\"commit_interval_ms\":100,\"contestants\":{\"kafka-streams-store\":{\"records_per_second\":")
        .containsPattern("\"ratios\":\\{\"yapok/kafka-streams-store\":[0-9.]+.*},\"case\":\"5-100-hit\",\"lowest_ratios\":\\{\"yapok/kafka-streams-store\":[0-9.]+")
        .containsPattern("\"cases\":\\{\"5-100-hit\":\\{\"features\":5,\"keys\":100,\"hit\":true,\"records\":4100,.*\"runs\":1}$");
  }

  @Test
  void shouldSayWhatIsWrongWhenTheCommandLineIs() {
    assertThat(run("lr65")).isEqualTo(new Ran(2, "", "error: no benchmark is named lr65; there is lr64, mlp, crayfish, payments, ranking, ranking-tensor, ranking-joined, resnet, gate, formats and state, command line, see 'yapok bench --help'\n"));
    assertThat(run("lr64", "--runs", "0").code()).isEqualTo(2);
    assertThat(run("payments", "--contestants", "client-loop")).isEqualTo(new Ran(2, "", "error: client-loop does not run payments, command line, see 'yapok bench --help'\n"));
    assertThat(run("lr64", "--contestants", "yapok,flink").err()).startsWith("error: no contestant is named flink, ");
    assertThat(run("payments", "--measure", "latency")).isEqualTo(
        new Ran(2, "", "error: the records of payments have keys and state, and latency needs records that are numbered, command line, see 'yapok bench --help'\n"));
    assertThat(run("ranking", "--measure", "allocation").err()).startsWith("error: allocation is counted for one row a record, and ranking has 674, ");
    assertThat(run("ranking-joined", "--measure", "ladder").err()).startsWith("error: the ladder has no rung for tables, which ranking-joined is joined with, ");
    assertThat(run("lr64", "--warm-up-s", "10").err()).startsWith("error: --warm-up-s is for latency, pauses and memory, ");
    assertThat(run("lr64", "--measure", "latency", "--warm-up-s", "3601").err()).startsWith("error: --warm-up-s is for latency, pauses and memory, and from 0 to 3600, ");
    assertThat(run("state", "--cases", "2-1k-hit").err()).startsWith("error: a case is such as 5-100k-hit, ");
    assertThat(run("state", "--cases", "5-1k-hit", "--keys", "10").code()).isEqualTo(2);
    assertThat(run("state", "--contestants", "flink-batched").err()).startsWith("error: no contestant is named flink-batched, ");
    assertThat(run().code()).isEqualTo(2);
  }

  /** What a command line printed, and its exit code. */
  record Ran(int code, String out, String err) {
    String last() {
      return out.lines().reduce("", (before, line) -> line);
    }
  }

  static Ran run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream newOut = new ByteArrayOutputStream();
    ByteArrayOutputStream newErr = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(newOut, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(newErr, true, StandardCharsets.UTF_8));
      int code = BenchCommand.run(arguments);
      return new Ran(code, newOut.toString(StandardCharsets.UTF_8), newErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
