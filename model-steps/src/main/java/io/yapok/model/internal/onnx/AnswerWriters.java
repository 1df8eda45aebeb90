package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the outputs that the runtime does not write in place into their columns: first all are read and checked, then all are written. */
final class AnswerWriters {
  private final List<AnswerWriter> writers = new ArrayList<>();
  private final List<OutputSpec> outputs;

  AnswerWriters(ModelColumns columns, boolean pinned) {
    this.outputs = new ArrayList<>();
    for (int i = 0; i < columns.outputs().size(); i++) {
      OutputSpec output = columns.outputs().get(i);
      if (!(pinned && output.isPinned())) {
        outputs.add(output);
        writers.add(new AnswerWriter(output, columns.output(i)));
      }
    }
  }

  /**
   * Writes the answers of rows {@code start} to {@code start + count - 1}, the first {@code count} of the run.
   *
   * @param runSize how many rows the run had, with those that only fill it up
   */
  void write(OrtSession.Result result, int start, int count, int runSize) throws OrtException, UnshowableException {
    for (int i = 0; i < writers.size(); i++) {
      Optional<OnnxValue> value = result.get(outputs.get(i).name());
      if (value.isEmpty()) {
        throw new UnshowableException("no output " + outputs.get(i).name());
      }
      writers.get(i).read(value.get(), runSize);
    }
    for (AnswerWriter writer : writers) {
      writer.reserve(start, count);
    }
    for (AnswerWriter writer : writers) {
      writer.write(start, count);
    }
  }

  /** Ends a row that gets no answer, where columns are appended to. */
  void skip(int row) {
    for (AnswerWriter writer : writers) {
      writer.skip(row);
    }
  }

  /** The bytes of a tensor of numbers. */
  static java.nio.ByteBuffer bytes(OnnxTensor tensor) {
    return tensor.getByteBuffer().order(java.nio.ByteOrder.nativeOrder());
  }
}
