package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * Scores records in runs of the model, as somebody would write it who has one model and no pipeline. Contestants other than Yapok share it, so that they differ
 * in what lies around it. Belongs to one thread, which also closes it.
 */
public interface Scorer extends AutoCloseable {
  /** Headers that every result carries; empty for JSON. */
  List<Header> headers();

  /**
   * Scores values in one run, or in several where one would not hold them, and answers one result each, in order.
   *
   * @param count how many of {@code values} there are
   * @param results takes the fresh arrays, from 0 on
   */
  void score(byte[][] values, int count, byte[][] results) throws OrtException;

  @Override
  void close() throws OrtException;

  /** The scorer for an assignment's workload. */
  static Scorer of(Assignment assignment) throws IOException, OrtException {
    ScoredModel model = ScoredModel.load(assignment);
    return model.isTensor() ? new TensorScorer(model) : new JsonScorer(model);
  }
}
