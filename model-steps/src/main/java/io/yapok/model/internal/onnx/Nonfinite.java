package io.yapok.model.internal.onnx;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.nio.IntBuffer;

/** Rejects records whose answers are NaN or infinite. One pass of integer arithmetic over a float column; only a column that holds such a value is searched. */
final class Nonfinite {
  private static final int EXPONENT = 0x7f80_0000;
  private static final int CARRY = 0x0080_0000;

  private Nonfinite() {}

  /**
   * Looks through a model's output.
   *
   * @param output its name in the model, for the reject
   */
  static void reject(Batch batch, Column column, String step, String output) {
    ElementType type = column.spec().type();
    if (!type.isFloating() || batch.rows() == 0) {
      return;
    }
    int lastRow = batch.rows() - 1;
    if (type == ElementType.FLOAT32 && allFinite(column.ints(), column.start(lastRow) + column.count(lastRow))) {
      return;
    }
    for (int record = 0; record < batch.records(); record++) {
      if (!batch.isRejected(record)) {
        checkRecord(batch, record, column, step, output);
      }
    }
  }

  /** The exponent of NaN and infinity is all ones, and adding one to it carries into the sign. */
  static boolean allFinite(IntBuffer bits, int count) {
    int carried = 0;
    for (int i = 0; i < count; i++) {
      carried |= (bits.get(i) & EXPONENT) + CARRY;
    }
    return carried >= 0;
  }

  /** Says which element of an answer is {@code value}, which is not finite. */
  static Reject reject(String step, String output, double value, int element) {
    String message = "output " + output + " is " + value + " at element " + element + "; `nonfinite: allow` lets such answers pass";
    return new Reject(RejectReason.NONFINITE_OUTPUT, step, output, message);
  }

  private static void checkRecord(Batch batch, int record, Column column, String step, String output) {
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      int start = column.start(row);
      for (int i = start; i < start + column.count(row); i++) {
        double value = Elements.get(column.bytes(), column.spec().type(), i * column.spec().type().bytes());
        if (!Double.isFinite(value)) {
          batch.reject(record, reject(step, output, value, i - start));
          return;
        }
      }
    }
  }
}
