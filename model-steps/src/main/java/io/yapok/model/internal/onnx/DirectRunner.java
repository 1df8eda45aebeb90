package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import org.jspecify.annotations.Nullable;

/**
 * Runs over the columns' own memory: tensors are views of their rows, and what is computed lands where it is read. Views are kept: one for each full run of the
 * batch, and one for each smaller number of rows at the batch's start, which is what small polls need; only the rest after full runs is viewed anew.
 */
final class DirectRunner implements Runner {
  private final OrtSession session;
  private final ModelColumns columns;
  private final AnswerWriters writers;
  private final int rowsPerRun;
  private final @Nullable RunTensors[] small;
  private @Nullable RunTensors[] full = new RunTensors[8];
  private int generation;

  DirectRunner(OrtSession session, ModelColumns columns, AnswerWriters writers, int rowsPerRun) {
    this.session = session;
    this.columns = columns;
    this.writers = writers;
    this.rowsPerRun = rowsPerRun;
    this.small = new RunTensors[rowsPerRun];
    this.generation = columns.generation();
  }

  @Override
  public void run(int start, int count) throws OrtException, UnshowableException {
    if (generation != columns.generation()) {
      close();
      generation = columns.generation();
    }
    if (start == 0 && count < rowsPerRun) {
      RunTensors tensors = small[count];
      if (tensors == null) {
        tensors = view(start, count);
        small[count] = tensors;
      }
      run(tensors, start, count);
    } else if (count == rowsPerRun && start % rowsPerRun == 0) {
      run(fullRun(start / rowsPerRun), start, count);
    } else {
      try (RunTensors tensors = view(start, count)) {
        run(tensors, start, count);
      }
    }
  }

  private void run(RunTensors tensors, int start, int count) throws OrtException, UnshowableException {
    try (OrtSession.Result result = tensors.run(session)) {
      writers.write(result, start, count, count);
    }
  }

  private RunTensors fullRun(int index) throws OrtException {
    if (index >= full.length) {
      full = java.util.Arrays.copyOf(full, Math.max(index + 1, full.length * 2));
    }
    RunTensors tensors = full[index];
    if (tensors == null) {
      tensors = view(index * rowsPerRun, rowsPerRun);
      full[index] = tensors;
    }
    return tensors;
  }

  private RunTensors view(int start, int count) throws OrtException {
    return RunTensors.over(
        columns.inputs(),
        columns.outputs(),
        count,
        input -> OrtRuntime.rows(columns.input(input), start, count),
        output -> OrtRuntime.rows(columns.output(output), start, count));
  }

  /** Closes all views; the runner can be used again and makes new ones. */
  @Override
  public void close() {
    closeAll(small);
    closeAll(full);
  }

  private static void closeAll(@Nullable RunTensors[] all) {
    for (int i = 0; i < all.length; i++) {
      RunTensors tensors = all[i];
      if (tensors != null) {
        tensors.close();
        all[i] = null;
      }
    }
  }
}
