package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.schemas.Column;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a fixed number of rows a run through memory of its own: rows are copied in, and answers out. For models that take a fixed number of rows, whose last run
 * is filled up by repeating its last row, and for rows that run alone.
 */
final class StagedRunner implements Runner {
  private final OrtSession session;
  private final ModelColumns columns;
  private final AnswerWriters writers;
  private final int runSize;
  private final List<ByteBuffer> inputs = new ArrayList<>();
  private final List<@Nullable ByteBuffer> outputs = new ArrayList<>();
  private final RunTensors tensors;

  StagedRunner(OrtSession session, ModelColumns columns, AnswerWriters writers, int runSize) throws OrtException {
    this.session = session;
    this.columns = columns;
    this.writers = writers;
    this.runSize = runSize;
    for (int i = 0; i < columns.inputs().size(); i++) {
      inputs.add(stage(columns.input(i)));
    }
    for (int i = 0; i < columns.outputs().size(); i++) {
      outputs.add(columns.outputs().get(i).isPinned() ? stage(columns.output(i)) : null);
    }
    this.tensors = RunTensors.over(columns.inputs(), columns.outputs(), runSize, inputs::get, this::pinned);
  }

  @Override
  public void run(int start, int count) throws OrtException, UnshowableException {
    for (int i = 0; i < inputs.size(); i++) {
      copyIn(columns.input(i), inputs.get(i), start, count);
    }
    try (OrtSession.Result result = tensors.run(session)) {
      writers.write(result, start, count, runSize);
    }
    for (int i = 0; i < outputs.size(); i++) {
      ByteBuffer staged = outputs.get(i);
      if (staged != null) {
        Column column = columns.output(i);
        int rowBytes = column.spec().bytesPerRow();
        column.bytes().put(start * rowBytes, staged, 0, count * rowBytes);
      }
    }
  }

  @Override
  public void close() {
    tensors.close();
  }

  private void copyIn(Column column, ByteBuffer staged, int start, int count) {
    int rowBytes = column.spec().bytesPerRow();
    staged.put(0, column.bytes(), start * rowBytes, count * rowBytes);
    for (int row = count; row < runSize; row++) {
      staged.put(row * rowBytes, column.bytes(), (start + count - 1) * rowBytes, rowBytes);
    }
  }

  private ByteBuffer stage(Column column) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(column.spec().bytesPerRow(), runSize)).order(ByteOrder.nativeOrder());
  }

  private ByteBuffer pinned(int output) {
    ByteBuffer staged = outputs.get(output);
    if (staged == null) {
      throw new IllegalStateException("output " + output + " is not written in place");
    }
    return staged;
  }
}
