package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.schemas.Column;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes its tensors anew for each run: for text, which the runtime takes only as strings, and for rows whose shape differs from row to row, which run alone.
 */
final class FreshRunner implements Runner {
  private final OrtSession session;
  private final ModelColumns columns;
  private final AnswerWriters writers;
  private final int fixedRunSize;

  FreshRunner(OrtSession session, ModelColumns columns, AnswerWriters writers, int fixedRunSize) {
    this.session = session;
    this.columns = columns;
    this.writers = writers;
    this.fixedRunSize = fixedRunSize;
  }

  @Override
  public void run(int start, int count) throws OrtException, UnshowableException {
    try (RunTensors tensors = RunTensors.withoutInputs(columns.outputs())) {
      for (int i = 0; i < columns.inputs().size(); i++) {
        tensors.own(columns.inputs().get(i).name(), tensor(columns.inputs().get(i), columns.input(i), start, count));
      }
      try (OrtSession.Result result = tensors.run(session)) {
        writers.write(result, start, count, Math.max(fixedRunSize, count));
      }
    }
  }

  @Override
  public void close() {
    // keeps nothing between runs
  }

  private OnnxTensor tensor(InputSpec input, Column column, int start, int count) throws OrtException {
    int runSize = Math.max(fixedRunSize, count);
    long[] shape = shape(input, column, start, runSize);
    int last = start + count - 1;
    if (input.type().isPooled()) {
      String[] texts = new String[runSize * column.count(start)];
      for (int row = 0, at = 0; row < runSize; row++) {
        int source = Math.min(start + row, last);
        for (int element = 0; element < column.count(source); element++) {
          texts[at++] = column.text(column.start(source) + element);
        }
      }
      return OnnxTensor.createTensor(OrtRuntime.environment(), texts, shape);
    }
    int elementBytes = input.type().bytes();
    int rowBytes = column.count(start) * elementBytes;
    ByteBuffer bytes = ByteBuffer.allocateDirect(rowBytes * runSize).order(ByteOrder.nativeOrder());
    for (int row = 0; row < runSize; row++) {
      bytes.put(row * rowBytes, column.bytes(), column.start(Math.min(start + row, last)) * elementBytes, rowBytes);
    }
    return OrtRuntime.view(bytes, shape, input.type());
  }

  private static long[] shape(InputSpec input, Column column, int row, int runSize) {
    int rank = input.shape().rank();
    int leading = input.hasRowDimension() ? 1 : 0;
    long[] shape = new long[leading + rank];
    if (leading == 1) {
      shape[0] = runSize;
    }
    for (int axis = 0; axis < rank; axis++) {
      shape[leading + axis] = column.dim(row, axis);
    }
    return shape;
  }
}
