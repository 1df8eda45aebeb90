package io.yapok.perf.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The measures that take minutes even at a tiny size; run with {@code -Pproof}. Their figures mean nothing. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MeasureProof {
  @Test
  void shouldClimbEveryRungWhenAskedForTheLadder() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "ladder", "--runs", "1", "--records", "5000", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .containsSubsequence("\"client\":{", "\"fold\":{", "\"decode\":{", "\"model\":{", "\"validate\":{", "\"encode\":{", "\"unfold\":{", "\"yapok\":{")
        .containsPattern("\"offline_ns_per_row\":\\{\"decode\":[1-9]")
        .containsPattern("\"encode\":[1-9][0-9.]*}}$");
  }

  /** All formats through Kafka; it fails if their answers differ in a bit. */
  @Test
  void shouldMeasureEveryFormatFromTopicToTopic() {
    BenchIT.Ran ran = BenchIT.run("formats", "--runs", "1", "--end-to-end-runs", "1", "--records", "5000", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .containsPattern("\"end_to_end\":\\{\"records\":5000,\"contestants\":\\{\"json\":\\{\"records_per_second\":[1-9]")
        .containsPattern("\"avro\":\\{.*\"oip-json\":\\{.*\"oip-binary\":\\{.*\"tensor\":\\{\"records_per_second\":[1-9].*,\"runs\":1},\"runs\":1}$");
  }

  @Test
  void shouldAskAnotherJvmWhenAskedForAllocation() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "allocation", "--records", "400000", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last()).containsPattern("\"yapok_bytes_per_record\":[1-9]").containsPattern("\"control_bytes_per_record\":[1-9]");
  }

  @Test
  void shouldHaveTwoPeaksWhenAskedForMemory() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "memory", "--records", "5000", "--rate", "1000", "--accept-late", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last()).containsPattern("\"drain_rss_mb\":[1-9]").containsPattern("\"rate_rss_mb\":[1-9]");
  }

  @Test
  void shouldCountEveryResultOnceWhenAskedForLatencyAtARate() {
    BenchIT.Ran ran =
        BenchIT.run("lr64", "--measure", "latency", "--rate", "2000", "--records", "2000", "--warm-up-s", "2", "--delivery", "at_least_once", "--contestants", "client-loop,yapok", "--accept-late", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .startsWith("{\"workload\":\"lr64\",\"measure\":\"latency\",\"delivery\":\"at_least_once\"")
        .containsPattern("\"contestant\":\"client-loop\",\"rate\":2000,\"warm_up_records\":4000,\"records\":2000,\"latency_ms\":\\{\"p50\":[0-9.]+,\"p90\":[0-9.]+,\"p99\":[0-9.]+")
        .containsPattern("\"contestant\":\"yapok\",\"rate\":2000,.*\"generator_late_ms\":\\{\"p50\":[0-9.]+");
  }

  @Test
  void shouldExitWithThreeWhenTheGeneratorWasLater() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "latency", "--rate", "1000", "--records", "500", "--contestants", "client-loop", "--late-ms", "0");

    assertThat(ran.code()).as(ran.err()).isEqualTo(3);
    assertThat(ran.out()).contains("INVALID");
  }

  @Test
  void shouldDrawAFlameGraphWhenAskedForAProfile() throws IOException {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "profile", "--records", "400000", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last()).containsPattern("\"samples\":[1-9]").containsPattern("\"Kafka's producer, send\":[1-9]").containsPattern("\"Yapok\":[0-9.]*[1-9]");
    assertThat(frames(Checkout.root().resolve("perf/target/lr64-yapok-flame.html"))).contains("io.yapok.topology.internal.PipelineProcessor.process");
  }

  /** The names that a flame graph's page lists, each with what it has in common with the one before it left out, and that length as a character above a space. */
  private static List<String> frames(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    int from = lines.indexOf("const cpool = [") + 1;
    List<String> frames = new ArrayList<>(List.of(""));
    for (String line : lines.subList(from, from + lines.subList(from, lines.size()).indexOf("];"))) {
      String entry = line.substring(1, line.lastIndexOf('\'')).replace("\\'", "'").replace("\\\\", "\\");
      frames.add(frames.size() == 1 ? entry : frames.getLast().substring(0, entry.charAt(0) - ' ') + entry.substring(1));
    }
    return frames;
  }

  @Test
  void shouldSeeTheJvmStandStillWhenAskedForPauses() {
    BenchIT.Ran ran = BenchIT.run("lr64", "--measure", "pauses", "--rate", "2000", "--records", "4000", "--jvm-options", "-Xmx256m -Xmn4m -XX:+UseSerialGC", "--accept-late", "--json");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.last())
        .contains("\"jvm_options\":[\"-Xmx256m\",\"-Xmn4m\",\"-XX:+UseSerialGC\"]")
        .containsPattern("\"safepoints_ms\":\\{\"count\":[1-9]")
        .containsPattern("\"hiccups_ms\":\\{\"count\":[1-9]")
        .containsPattern("\"control_ms\":\\{\"count\":[1-9]");
  }
}
