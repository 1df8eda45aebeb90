package io.yapok.perf.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.perf.internal.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir private Path root;

  @BeforeEach
  void makeFolder() throws Exception {
    Files.createDirectories(root.resolve("docs/performance"));
  }

  @Test
  void shouldReadTheRatiosThatItWroteWhenARaceIsRecorded() throws Exception {
    var recording = new Recording(root, "lr64");
    recording.write(Map.of("runs", 5, "ratios", Map.of("yapok/client-loop", 0.934)), new Environment("m", "j", "k", LocalDate.of(2026, 11, 21), "c"));

    assertThat(recording.ratios()).contains(Map.of("yapok/client-loop", 0.934));
    assertThat(Files.readString(root.resolve("docs/performance/lr64.json"))).startsWith("{\"machine\":\"m\",\"java\":\"j\",\"kafka\":\"k\",\"date\":\"2026-11-21\",\"command\":\"c\",");
  }

  @Test
  void shouldHaveNoRatiosWhenNothingIsRecorded() throws Exception {
    assertThat(new Recording(root, "lr64").ratios()).isEmpty();
  }

  @Test
  void shouldSayWhichFileWhenARecordingIsBroken() throws Exception {
    Files.writeString(root.resolve("docs/performance/lr64.json"), "{\"ratios\"");

    assertThatThrownBy(() -> new Recording(root, "lr64").ratios()).isInstanceOf(BenchException.class).hasMessageContaining("lr64.json");
  }
}
