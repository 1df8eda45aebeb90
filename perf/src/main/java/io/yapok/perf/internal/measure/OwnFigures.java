package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.contestant.OrtOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a contestant without Kafka says of itself: it prints a line, in the words of {@link OrtOnly}, and ends. */
final class OwnFigures {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChildJvm child;
  private final Path log;

  OwnFigures(ChildJvm child, Path log) {
    this.child = child;
    this.log = log;
  }

  RunFigures await() throws IOException, InterruptedException {
    double peak = Double.NaN;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      double now = child.peakResidentBytes();
      peak = Double.isNaN(now) ? peak : now;
      Optional<String> line = line();
      if (line.isPresent()) {
        return parse(line.get(), peak);
      }
      child.awaitUnlessEnded(Duration.ofMillis(100));
    }
    throw child.failure("a contestant has printed no figures for " + PATIENCE.toSeconds() + " s");
  }

  private Optional<String> line() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return lines.stream().filter(line -> line.startsWith(OrtOnly.FIGURES + " ")).findFirst();
  }

  /** {@code figures RECORDS NANOS CPU_NANOS}. */
  private static RunFigures parse(String line, double peakBytes) {
    String[] words = line.split(" ");
    double records = Long.parseLong(words[1]);
    return new RunFigures(records / Long.parseLong(words[2]) * 1e9, Long.parseLong(words[3]) / 1e3 / records, peakBytes / 1e6);
  }
}
