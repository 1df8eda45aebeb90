package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import io.yapok.model.internal.onnx.Answer.UnshowableException;

/** One way to get rows of columns through a model. Belongs to a bound step and its thread. */
interface Runner extends AutoCloseable {
  /**
   * Runs the model once and fills the output columns for these rows. If it throws, the output columns hold nothing for them.
   *
   * @param start the first row; earlier rows have their answers
   * @param count how many, at most what the runner was made for
   * @throws OrtException if the model fails
   * @throws UnshowableException if an answer has a form that results cannot show
   */
  void run(int start, int count) throws OrtException, UnshowableException;

  @Override
  void close();
}
