package io.yapok.model.internal.kernel;

import io.yapok.model.BoundStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.util.List;

/**
 * Expressions over one batch, one after the other, so that each may read the columns of those above it. A row without a value rejects its record; the records that
 * are rejected already are left out.
 */
final class BoundExpressions implements BoundStep {
  private final String step;
  private final Batch batch;
  private final Failures failures = new Failures();
  private final List<NamedExpression> expressions;
  private final ColumnWriter[] writers;

  BoundExpressions(String step, Batch batch, List<NamedExpression> expressions) {
    this.step = step;
    this.batch = batch;
    this.expressions = expressions;
    Lowering lowering = new Lowering(batch, failures);
    this.writers = expressions.stream()
        .map(each -> ColumnWriters.writer(lowering, each.expression().term(), batch.column(each.slot())))
        .toArray(ColumnWriter[]::new);
  }

  @Override
  public void run() {
    for (int i = 0; i < writers.length; i++) {
      writers[i].column.reserveRows(batch.rows());
      write(writers[i], expressions.get(i).name());
    }
  }

  private void write(ColumnWriter writer, String name) {
    for (int record = 0; record < batch.records(); record++) {
      int end = batch.rowEnd(record);
      for (int row = batch.rowStart(record); row < end; row++) {
        if (batch.isRejected(record)) {
          writer.blank(row);
        } else {
          write(writer, name, record, row);
        }
      }
    }
  }

  private void write(ColumnWriter writer, String name, int record, int row) {
    try {
      writer.write(row);
    } catch (ColumnFullException full) {
      batch.reject(record, new Reject(RejectReason.TOO_LARGE, step, name, String.valueOf(full.getMessage())));
      writer.blank(row);
      return;
    }
    if (failures.hasFailed()) {
      batch.reject(record, new Reject(RejectReason.EXPRESSION_FAILED, step, name, failures.take()));
      writer.blank(row);
    }
  }

  @Override
  public void close() {}
}
