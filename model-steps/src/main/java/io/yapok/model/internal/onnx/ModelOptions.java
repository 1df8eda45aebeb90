package io.yapok.model.internal.onnx;

/**
 * What a pipeline's step asks of its model.
 *
 * @param rows the model's fixed number of rows a run, for inputs whose dimension 0 is that number; 0 where the document says nothing
 * @param deterministic run row by row rather than accept rounding that depends on a row's batch-mates
 * @param allowNonfinite answers that are NaN or infinite are passed on instead of rejected
 */
public record ModelOptions(int rows, boolean deterministic, boolean allowNonfinite) {
  /** A model whose step says nothing. */
  public static final ModelOptions DEFAULT = new ModelOptions(0, false, false);

  public ModelOptions {
    if (rows < 0) {
      throw new IllegalArgumentException("a model takes at least one row a run, not " + rows);
    }
  }
}
