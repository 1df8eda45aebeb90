package io.yapok.perf.internal.report;

import io.yapok.perf.internal.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A workload's figures as the repository holds them, {@code docs/performance/NAME.json}: what the README quotes and the gate compares with. */
public final class Recording {
  private static final String RATIOS = "ratios";

  private final Path file;

  /** The recording of a workload's race, or of another measure of it, under the checkout's root. */
  public Recording(Path root, String workload) {
    this.file = root.resolve("docs/performance").resolve(workload + ".json");
  }

  /** The chart that stands beside it. */
  public Path chart() {
    return file.resolveSibling(file.getFileName().toString().replace(".json", ".svg"));
  }

  /** Writes figures over what is there. */
  public void write(Map<String, ?> figures, Environment environment) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(environment.toMap());
    all.putAll(figures);
    Files.writeString(file, JsonLine.of(all) + "\n");
  }

  /**
   * The medians of the ratios; empty if nothing has been recorded.
   *
   * @throws BenchException if the file is not one of ours
   */
  public Optional<Map<String, Double>> ratios() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), file.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.PROPERTY_NAME && json.currentName().equals(RATIOS)) {
          return Optional.of(numbers(json));
        }
      }
    } catch (JacksonException e) {
      throw new BenchException("the recorded figures cannot be read (" + e.getOriginalMessage() + ")", file.toString(), "record them again with --record", e);
    }
    throw new BenchException("the recorded figures have no ratios", file.toString(), "record them again with --record");
  }

  private static Map<String, Double> numbers(JsonParser json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      numbers.put(name, json.getDoubleValue());
    }
    return numbers;
  }
}
