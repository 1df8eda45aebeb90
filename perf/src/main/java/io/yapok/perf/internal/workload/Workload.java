package io.yapok.perf.internal.workload;

import io.yapok.perf.internal.contestant.Contestant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What is scored: the model, the records, and the pipeline document that says so. */
public interface Workload {
  /** Of the benchmark, the pipeline and the model file. */
  String name();

  /** For the report. */
  String description();

  /** Records that a run has unless told otherwise: a few seconds on two cores. */
  int records();

  /** Rows that the model sees of each record. */
  int rowsPerRecord();

  /** The model's output, by its name in the result. */
  String output();

  /** Who can run it, in the report's order. */
  List<Contestant> contestants();

  /** The tables that its records are joined with; the same rows each time. */
  default List<TableTopic> tables() {
    return List.of();
  }

  /** The records, the same ones each time. */
  RecordPool pool();

  /** How a result is told from others. */
  Answers answers();

  /** Writes the model file that the document names into a directory. */
  void writeModel(Path directory) throws IOException;

  /** The model's file name. */
  default String modelFile() {
    return name() + ".onnx";
  }

  /**
   * The pipeline document, for a model file beside it. Results leave the record's own fields out, so that every contestant which scores writes the same few
   * bytes.
   */
  String pipeline(String source, String sink, long commitIntervalMillis);
}
