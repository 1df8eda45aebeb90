package io.yapok.app.internal.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory the process has, native memory included, as Linux tells it. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:";

  private ResidentMemory() {}

  /** Bytes; NaN where the system has no such file. */
  static double bytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines.filter(line -> line.startsWith(LINE)).mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", ""))).findFirst().orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN; // not Linux: the gauge says that it does not know
    }
  }
}
