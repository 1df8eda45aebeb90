package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.schemas.Column;
import io.yapok.schemas.RowShape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts one output of runs into its column, row by row. */
final class AnswerWriter {
  private static final String NO_TEXT = "";

  private final OutputSpec output;
  private final Column column;
  private final int[] rowDims;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private List<String> texts = List.of();
  private double[] numbers = new double[0];
  private int rowElements;

  AnswerWriter(OutputSpec output, Column column) {
    this.output = output;
    this.column = column;
    this.rowDims = new int[output.shape().rank()];
  }

  /** Takes what a run gave and checks that it has an answer for so many rows; writes nothing yet. */
  void read(OnnxValue value, int count) throws OrtException, UnshowableException {
    switch (output.form()) {
      case ROWS, WHOLE -> readTensor((OnnxTensor) value, count);
      case MAP_SEQUENCE, MAP -> readMaps(value, count);
      case TENSOR_SEQUENCE -> readSequence(value);
    }
  }

  /** Writes what was read last. */
  void write(int start, int count) {
    for (int i = 0; i < count; i++) {
      writeRow(start + i, i * rowElements);
    }
  }

  void skip(int row) {
    if (output.type().isPooled() && output.shape().isFixed()) {
      for (int i = 0; i < output.shape().elements(); i++) {
        column.appendText(NO_TEXT);
      }
    } else if (!output.shape().isFixed()) {
      Arrays.fill(rowDims, 0);
      column.endRow(0, rowDims);
    }
  }

  private void readTensor(OnnxTensor tensor, int count) throws OrtException, UnshowableException {
    long[] dims = tensor.getInfo().getShape();
    int leading = output.form() == OutputSpec.Form.ROWS ? 1 : 0;
    if (dims.length != rowDims.length + leading || (leading == 1 && dims[0] < count) || TensorTypes.of(tensor.getInfo().onnxType) != output.type()) {
      throw new UnshowableException("output " + output.name() + " of shape " + Arrays.toString(dims) + " for " + count + " rows of " + output.shape());
    }
    setRow(dims, leading);
    if (output.type().isPooled()) {
      List<String> flat = new ArrayList<>();
      Answer.flatten(tensor.getValue(), flat);
      texts = flat;
    } else {
      bytes = AnswerWriters.bytes(tensor);
    }
  }

  private void readMaps(OnnxValue value, int count) throws OrtException, UnshowableException {
    Answer answer = Answer.read(value);
    if (answer.dims()[0] < count || !answer.labels().equals(output.labels())) {
      throw new UnshowableException("output " + output.name() + " has other keys or fewer maps than when the model was loaded");
    }
    numbers = answer.values();
    rowElements = output.labels().size();
  }

  private void readSequence(OnnxValue value) throws OrtException, UnshowableException {
    Answer answer = Answer.read(value);
    if (answer.dims().length != rowDims.length) {
      throw new UnshowableException("output " + output.name() + " has elements of another rank than when the model was loaded");
    }
    setRow(answer.dims(), 0);
    numbers = answer.values();
    texts = answer.texts();
  }

  private void setRow(long[] dims, int leading) throws UnshowableException {
    long elements = 1;
    for (int axis = 0; axis < rowDims.length; axis++) {
      long size = dims[axis + leading];
      int wanted = output.shape().dim(axis);
      elements = size > RowShape.MAX_ELEMENTS ? Long.MAX_VALUE : Math.multiplyExact(elements, Math.max(size, 1));
      if ((wanted != RowShape.DYNAMIC && wanted != size) || elements > RowShape.MAX_ELEMENTS) {
        throw new UnshowableException("output " + output.name() + " of shape " + Arrays.toString(dims) + " where a row is " + output.shape());
      }
      rowDims[axis] = (int) size;
    }
    rowElements = Arrays.stream(rowDims).reduce(1, (a, b) -> a * b);
  }

  private void writeRow(int row, int from) {
    if (output.type().isPooled()) {
      texts.subList(from, from + rowElements).forEach(column::appendText);
    } else {
      int at = column.start(row);
      column.reserveElements((long) at + rowElements);
      if (output.form().isTensor()) {
        int elementBytes = output.type().bytes();
        column.bytes().put(at * elementBytes, bytes, bytes.position() + from * elementBytes, rowElements * elementBytes);
      } else {
        for (int i = 0; i < rowElements; i++) {
          Elements.put(column.bytes(), output.type(), (at + i) * output.type().bytes(), numbers[from + i]);
        }
      }
    }
    if (!output.shape().isFixed()) {
      column.endRow(rowElements, rowDims);
    }
  }
}
