package io.yapok.perf.internal.formats;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RaceRunner;
import io.yapok.perf.internal.measure.RunFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The same records in each format from topic to topic through {@code yapok run}, by turns; the answers must be the same to the bit whatever the format. */
public final class EndToEnd {
  private static final long COMMIT_INTERVAL_MILLIS = 100;

  private final int runs;
  private final int records;
  private final Path directory;
  private final Consumer<String> progress;

  /**
   * A measurement.
   *
   * @param runs of each format
   * @param records of each format
   * @param directory an empty one, the caller's to delete
   * @param progress takes a line now and then
   */
  public EndToEnd(int runs, int records, Path directory, Consumer<String> progress) {
    this.runs = runs;
    this.records = records;
    this.directory = directory;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @throws BenchException if a run fails, or a format's answers differ from another's
   */
  public EndToEndReport run() throws IOException, InterruptedException {
    Map<String, List<RunFigures>> figures = new LinkedHashMap<>();
    try (SchemaServer registry = SchemaServer.start();
        Arena arena = Arena.open(directory.resolve("kafka.log"))) {
      Map<String, RaceRunner> runners = new LinkedHashMap<>();
      for (FormatWorkload workload : workloads(registry.url())) {
        RaceRunner runner = new RaceRunner(new Race(workload, workload.contestants(), records, runs, COMMIT_INTERVAL_MILLIS), directory, progress);
        runner.fill(arena);
        runners.put(workload.label(), runner);
      }
      for (int round = 0; round < runs; round++) {
        for (Map.Entry<String, RaceRunner> entry : runners.entrySet()) {
          figures.computeIfAbsent(entry.getKey(), label -> new ArrayList<>()).add(entry.getValue().run(arena, Contestant.YAPOK, round));
        }
      }
      requireSameAnswers(runners);
    }
    return new EndToEndReport(records, runs, figures);
  }

  private static void requireSameAnswers(Map<String, RaceRunner> runners) {
    OptionalLong first = runners.values().iterator().next().answers();
    runners.forEach((label, runner) -> {
      if (!runner.answers().equals(first)) {
        throw new BenchException("the answers differ from another format's", label, "please report it");
      }
    });
  }

  private List<FormatWorkload> workloads(String registry) {
    EncodedRecords encoded = new EncodedRecords();
    return List.of(
        workload("json", "json", "", encoded.json()),
        workload("avro", "avro", ", schema.registry.url: \"" + registry + "\"", encoded.avro()),
        workload("oip-json", "oip", "", encoded.request()),
        workload("oip-binary", "oip", "", encoded.binaryRequest()),
        workload("tensor", "tensor", "", encoded.tensor()));
  }

  private FormatWorkload workload(String label, String format, String kafka, byte[][] encoded) {
    return new FormatWorkload(label, format, kafka, encoded, records);
  }
}
