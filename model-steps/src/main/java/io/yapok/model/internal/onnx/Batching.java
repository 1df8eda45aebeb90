package io.yapok.model.internal.onnx;

/**
 * How many rows go into one run, and why.
 *
 * @param rowsPerRun at most so many rows are answered by one run; 1 for row by row
 * @param fixedRunSize the number of rows that every run must have, filled up by repeating a row; 0 where the model takes any number
 * @param effect what batch-mates do to an answer
 * @param reason one line for the user
 */
public record Batching(int rowsPerRun, int fixedRunSize, Effect effect, String reason) {

  /** What the rows that share a run do to each other's answers, as the probe at load found it. */
  public enum Effect {
    /** Nothing: answers are equal bit for bit. */
    NONE,
    /** They differ by rounding, at most 1e-5 of the value. */
    ROUNDING,
    /** They change answers; such a model runs row by row. */
    CHANGES_ANSWERS,
    /** It could not be found out, or rows cannot share a run. */
    UNKNOWN
  }

  /** Whether each row is a run of its own. */
  public boolean isRowByRow() {
    return rowsPerRun == 1;
  }
}
