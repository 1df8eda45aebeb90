package io.yapok.perf.internal.latency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Histograms of nanoseconds, up to ten minutes, to three digits. */
public final class Histograms {
  private static final long LONGEST = 600_000_000_000L;
  private static final int DIGITS = 3;

  private Histograms() {}

  /** An empty one; belongs to one thread. */
  public static Histogram nanos() {
    return new Histogram(LONGEST, DIGITS);
  }

  /** Counts a duration; one of more than ten minutes counts as ten minutes, one below 0 (two clocks that differ by a tick) as 0. */
  public static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, LONGEST));
  }

  /** Milliseconds that this share of all values, in percent, does not exceed; NaN of an empty one. */
  public static double millis(Histogram histogram, double percent) {
    return histogram.getTotalCount() == 0 ? Double.NaN : histogram.getValueAtPercentile(percent) / 1e6;
  }

  /** Its usual percentiles in milliseconds, for a program. */
  public static Map<String, Object> json(Histogram histogram) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("p50", millis(histogram, 50));
    json.put("p90", millis(histogram, 90));
    json.put("p99", millis(histogram, 99));
    json.put("p99.9", millis(histogram, 99.9));
    json.put("max", millis(histogram, 100));
    return json;
  }

  /** Writes one for another process. */
  public static void write(Histogram histogram, Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    histogram.encodeIntoByteBuffer(bytes);
    Path whole = file.resolveSibling(file.getFileName() + ".part");
    Files.write(whole, bytes.array());
    Files.move(whole, file); // whoever waits for the file finds all of it
  }

  /** Reads what {@link #write} wrote. */
  public static Histogram read(Path file) throws IOException {
    return Histogram.decodeFromByteBuffer(ByteBuffer.wrap(Files.readAllBytes(file)), LONGEST);
  }
}
