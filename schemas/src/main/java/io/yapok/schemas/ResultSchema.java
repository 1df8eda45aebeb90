package io.yapok.schemas;

import java.util.List;

/**
 * What an encoder needs to know to write results.
 *
 * @param layout of the batches that it reads
 * @param pipeline the pipeline's name
 * @param pipelineVersion the content hash of document and models
 * @param models which models answered, in the order of the steps
 * @param outputs what stands under {@code out}, in order; where records hold many rows each is an array with one entry a row
 * @param anomalies what stands under {@code anomaly}: scalar {@link ElementType#BOOL} columns; with many rows, how many rows are flagged stands beside the flag of any
 * @param rankings what rank steps kept, also under {@code out}
 * @param manyRows whether records hold many rows ({@code source.rows})
 * @param include which top-level fields of the record stand under {@code in}; empty for all
 * @param exclude which do not; {@code *} leaves {@code in} out
 * @param fields of a record and their columns, where records are no text and results show them out of their columns; empty where records show themselves
 */
public record ResultSchema(
    Layout layout,
    String pipeline,
    String pipelineVersion,
    List<ModelVersion> models,
    List<Named> outputs,
    List<Named> anomalies,
    List<Ranking> rankings,
    boolean manyRows,
    List<String> include,
    List<String> exclude,
    List<Named> fields) {

  public ResultSchema {
    models = List.copyOf(models);
    outputs = List.copyOf(outputs);
    anomalies = List.copyOf(anomalies);
    rankings = List.copyOf(rankings);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    fields = List.copyOf(fields);
  }

  /** What an encoder needs where records show themselves. */
  public ResultSchema(
      Layout layout,
      String pipeline,
      String pipelineVersion,
      List<ModelVersion> models,
      List<Named> outputs,
      List<Named> anomalies,
      List<Ranking> rankings,
      boolean manyRows,
      List<String> include,
      List<String> exclude) {
    this(layout, pipeline, pipelineVersion, models, outputs, anomalies, rankings, manyRows, include, exclude, List.of());
  }

  /** A column and its name in the result. */
  public record Named(String name, int slot) {}

  /**
   * The rows of a record that a rank step kept, best first.
   *
   * @param name under {@code out}
   * @param orderSlot a scalar {@link ElementType#INT32} column: within a record's rows, the entries from its first row on are the kept rows (indices into the
   *     batch), best first; -1 ends them
   * @param fields what is shown of each kept row
   */
  public record Ranking(String name, int orderSlot, List<Named> fields) {
    public Ranking {
      fields = List.copyOf(fields);
    }
  }
}
