package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.BoundStep;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A model at work on one batch object, on the thread that owns it. Runs rows together where that changes no answer; a run that fails is repeated row by row, so
 * that only the records that cause it are rejected. Holds the session until it is closed.
 */
final class BoundModel implements BoundStep {
  private final ModelStep step;
  private final Batch batch;
  private final ModelColumns columns;
  private final Batching batching;
  private final AnswerWriters writers;
  private final Runner runner;
  private @Nullable Runner single;
  private boolean closed;

  /** Binds a step; the session has been retained for this object. */
  BoundModel(ModelStep step, Batch batch) {
    this.step = step;
    this.batch = batch;
    this.columns = new ModelColumns(step, batch);
    this.batching = step.model().batching();
    boolean fresh = columns.inputs().stream().anyMatch(input -> input.type().isPooled() || !input.shape().isFixed());
    this.writers = new AnswerWriters(columns, !fresh);
    this.runner = fresh ? new FreshRunner(session(), columns, writers, batching.fixedRunSize()) : numeric();
  }

  @Override
  public void run() {
    int rows = batch.rows();
    reserve(rows);
    int rowsPerRun = batching.rowsPerRun();
    if (rowsPerRun == 1) {
      runEach(runner, 0, rows);
    } else {
      for (int start = 0; start < rows; start += rowsPerRun) {
        runTogether(start, Math.min(rowsPerRun, rows - start));
      }
    }
    if (!step.model().options().allowNonfinite()) {
      for (int i = 0; i < columns.outputs().size(); i++) {
        Nonfinite.reject(batch, columns.output(i), step.name(), columns.outputs().get(i).name());
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    runner.close();
    if (single != null) {
      single.close();
    }
    step.model().session().release();
  }

  private void runTogether(int start, int count) {
    try {
      runner.run(start, count);
    } catch (OrtException | UnshowableException | ColumnFullException e) {
      runEach(single(), start, count); // says which rows it was
    }
  }

  /** Runs rows one by one; those of records that are rejected already get no answer. */
  private void runEach(Runner one, int start, int count) {
    for (int row = start; row < start + count; row++) {
      int record = batch.recordOf(row);
      if (batch.isRejected(record)) {
        writers.skip(row);
        continue;
      }
      try {
        one.run(row, 1);
      } catch (OrtException e) {
        fail(record, row, OrtRuntime.message(e));
      } catch (UnshowableException | ColumnFullException e) {
        fail(record, row, String.valueOf(e.getMessage()));
      }
    }
  }

  private void fail(int record, int row, String message) {
    batch.reject(record, new Reject(RejectReason.MODEL_FAILED, step.name(), "", "the model failed on this record: " + message));
    writers.skip(row);
  }

  private void reserve(int rows) {
    for (int i = 0; i < columns.outputs().size(); i++) {
      Column column = columns.output(i);
      column.reserveRows(rows);
    }
  }

  private Runner numeric() {
    if (batching.fixedRunSize() == 0 && batching.rowsPerRun() > 1) {
      return new DirectRunner(session(), columns, writers, batching.rowsPerRun());
    }
    return staged(Math.max(1, batching.fixedRunSize()));
  }

  private Runner staged(int runSize) {
    try {
      return new StagedRunner(session(), columns, writers, runSize);
    } catch (OrtException e) {
      throw new IllegalStateException("tensors for " + step.name() + " could not be made: " + OrtRuntime.message(e), e);
    }
  }

  private Runner single() {
    if (!(runner instanceof DirectRunner)) {
      return runner;
    }
    if (single == null) {
      single = staged(1);
    }
    return single;
  }

  private OrtSession session() {
    return step.model().session().session();
  }
}
