package io.yapok.perf.internal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Where and when figures were taken, and by which command.
 *
 * @param machine processors and their kind
 */
public record Environment(String machine, String java, String kafka, LocalDate date, String command) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** Of this JVM, now. */
  public static Environment now(String command) {
    return new Environment(
        Runtime.getRuntime().availableProcessors() + " cores, " + processor(), Runtime.version().toString(), AppInfoParser.getVersion(), LocalDate.now(ZoneOffset.UTC), command);
  }

  private static String processor() {
    try {
      return Files.readAllLines(PROCESSORS).stream()
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch"); // no Linux
    }
  }

  /** By name, for {@link JsonLine}. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("machine", machine);
    map.put("java", java);
    map.put("kafka", kafka);
    map.put("date", date);
    map.put("command", command);
    return map;
  }

  /** In one line, for a chart. */
  public String toText() {
    return machine + "; Java " + java + ", Kafka " + kafka + "; " + date + "; " + command;
  }
}
