package io.yapok.perf.internal.start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the moments of a start from the JVM's own log of class initializations.
 *
 * @param marks when each was reached, in nanoseconds of {@link System#nanoTime}: Linux and macOS have one such clock for all processes
 * @param classes initialized altogether
 */
record StartTrace(Map<Mark, Long> marks, int classes) {
  private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns] *\\d+ Initializing '([^']+)'.*");

  StartTrace {
    marks = Map.copyOf(marks);
  }

  /** The option that has a JVM write such a log. */
  static String option(Path file) {
    return "-Xlog:class+init=info:file=" + file + ":timenanos:filecount=0";
  }

  /** Reads a log; moments that it does not have are left out. */
  static StartTrace read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return parse(lines);
    }
  }

  static StartTrace parse(Stream<String> lines) {
    Map<Mark, Long> marks = new EnumMap<>(Mark.class);
    int[] classes = new int[1];
    lines.forEach(
        line -> {
          Matcher matcher = LINE.matcher(line);
          if (matcher.matches()) {
            long nanos = Long.parseLong(matcher.group(1));
            classes[0]++;
            marks.putIfAbsent(Mark.JVM, nanos);
            Mark.of(matcher.group(2)).ifPresent(mark -> marks.putIfAbsent(mark, nanos));
          }
        });
    return new StartTrace(marks, classes[0]);
  }
}
