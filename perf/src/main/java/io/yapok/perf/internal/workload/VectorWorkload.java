package io.yapok.perf.internal.workload;

import io.yapok.onnxwriter.OnnxModel;
import io.yapok.perf.internal.contestant.Contestant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Vectors of numbers, one model over them.
 *
 * @param format of source and sink: {@code tensor} or {@code json}
 * @param model made when it is needed: some are large
 * @param input the model's input, FLOAT[N, width], and the record's field
 * @param width numbers a row, whatever the shape that the model gives them
 * @param output the model's output, FLOAT[N, answers]
 * @param answersPerRow numbers a row
 * @param rowsPerRecord 1, or candidates of which the best are answered
 */
record VectorWorkload(
    String name,
    String description,
    String format,
    Supplier<OnnxModel> model,
    String input,
    int width,
    String output,
    int answersPerRow,
    int rowsPerRecord,
    int records,
    List<Contestant> contestants)
    implements Workload {
  private static final int KEPT = 10;

  VectorWorkload {
    contestants = List.copyOf(contestants);
  }

  boolean isTensor() {
    return format.equals("tensor");
  }

  boolean hasManyRows() {
    return rowsPerRecord > 1;
  }

  @Override
  public RecordPool pool() {
    return new VectorPool(this);
  }

  @Override
  public Answers answers() {
    return isTensor() ? Answers.ofTensors() : Answers.ofJson();
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    model.get().writeTo(directory.resolve(modelFile()));
  }

  @Override
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    String rows = !hasManyRows() ? "" : isTensor() ? ", rows: " + input : ", rows: items";
    String rank = !hasManyRows() ? "" : "  - rank: {by: %s, keep: %d, fields: [%s]}\n".formatted(output, KEPT, isTensor() ? output : "item, " + output);
    return """
        name: %s
        source: {topic: %s, format: %s%s}
        steps:
          - model: %s
        %ssink: {topic: %s, format: %s}
        rejects: fail
        %skafka: {commit.interval.ms: %d}
        """
        .formatted(name, source, format, rows, modelFile(), rank, sink, format, isTensor() ? "" : "exclude: [\"*\"]\n", commitIntervalMillis);
  }
}
