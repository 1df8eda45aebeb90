package io.yapok.perf.internal.workload;

import io.yapok.onnxwriter.OnnxModel;

/**
 * One vector of numbers a record, one model over it. A record's key is its id as eight bytes, its value {@code {"id": 7, "INPUT": [...]}}.
 *
 * @param name of the benchmark, the pipeline and the model file
 * @param description for the report
 * @param input the model's input, FLOAT[N, width], and the record's field
 * @param width numbers a record
 * @param output the model's output, FLOAT[N, 1], and its name in the result
 * @param records a run has unless told otherwise: a few seconds on two cores
 */
public record Workload(String name, String description, OnnxModel model, String input, int width, String output, int records) {

  /**
   * The pipeline document, for a model file beside it. The result leaves the record's own fields out, so that every contestant which scores writes the same
   * few hundred bytes.
   */
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    return """
        name: %s
        source: {topic: %s, format: json}
        steps:
          - model: %s
        sink: {topic: %s, format: json}
        rejects: fail
        exclude: ["*"]
        kafka:
          commit.interval.ms: %d
        """
        .formatted(name, source, modelFile(), sink, commitIntervalMillis);
  }

  /** The model's file name. */
  public String modelFile() {
    return name + ".onnx";
  }
}
