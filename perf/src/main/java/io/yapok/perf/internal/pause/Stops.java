package io.yapok.perf.internal.pause;

import io.yapok.perf.internal.latency.Histograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Times of standing still within a window.
 *
 * @param nanos each of them
 * @param totalMillis their sum
 */
record Stops(Histogram nanos, double totalMillis) {
  private static final Pattern SAFEPOINT = Pattern.compile("\\[(\\d+)ns].*Safepoint \"[^\"]+\".*Total: *(\\d+) ns.*");

  /** From one moment of {@link System#nanoTime} to another. */
  record Window(long from, long to) {
    boolean holds(long moment) {
      return moment >= from && moment <= to;
    }
  }

  /** How late a {@link HiccupMeter} woke, each time. */
  static Stops ofHiccups(Path file, Window window) throws IOException {
    LongBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
    Histogram nanos = Histograms.nanos();
    long total = 0;
    while (pairs.remaining() >= 2) {
      long at = pairs.get();
      long late = pairs.get();
      if (window.holds(at)) {
        Histograms.record(nanos, late);
        total += late;
      }
    }
    return new Stops(nanos, total / 1e6);
  }

  /** The option that has a JVM log each time that all its Java threads stood still together, and for how long, from the order to stop on. */
  static String option(Path file) {
    return "-Xlog:safepoint=info:file=" + file + ":timenanos:filecount=0";
  }

  /** What such a log says. */
  static Stops ofSafepoints(Path file, Window window) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return ofSafepoints(lines, window);
    }
  }

  static Stops ofSafepoints(Stream<String> lines, Window window) {
    Histogram nanos = Histograms.nanos();
    long[] total = new long[1];
    lines.map(SAFEPOINT::matcher)
        .filter(Matcher::matches)
        .filter(line -> window.holds(Long.parseLong(line.group(1))))
        .mapToLong(line -> Long.parseLong(line.group(2)))
        .forEach(
            stop -> {
              Histograms.record(nanos, stop);
              total[0] += stop;
            });
    return new Stops(nanos, total[0] / 1e6);
  }

  double p999Millis() {
    return Histograms.millis(nanos, 99.9);
  }

  double maxMillis() {
    return Histograms.millis(nanos, 100);
  }
}
