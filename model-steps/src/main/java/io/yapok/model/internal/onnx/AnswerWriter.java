package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.RowShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /**
   * Takes what a run gave and checks that it has one answer for each row of the run; writes nothing yet.
   *
   * @param runSize how many rows the run had, with those that only fill it up
   */
  void read(OnnxValue value, int runSize) throws OrtException, UnshowableException {
    switch (output.form()) {
      case ROWS, WHOLE -> readTensor((OnnxTensor) value, runSize);
      case MAP_SEQUENCE, MAPS_WHOLE, MAP -> readMaps(value, runSize);
      case TENSOR_SEQUENCE -> readSequence(value);
    }
  }

  /**
   * Makes room for what was read last, so that {@link #write} cannot fail half way and leave rows in other rows' places.
   *
   * @throws ColumnFullException if the column would exceed {@link Column#MAX_BYTES}
   */
  void reserve(int start, int count) {
    if (!output.type().isPooled()) {
      column.reserveElements((start == 0 ? 0L : column.start(start)) + (long) count * rowElements);
      return;
    }
    long needed = column.textEnd(column.texts() - 1);
    for (String text : texts) {
      needed += 3L * text.length(); // no character takes more in UTF-8
    }
    if (needed > Column.MAX_BYTES) {
      throw new ColumnFullException(output.name() + " answers more text than a batch holds");
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

  private void readTensor(OnnxTensor tensor, int runSize) throws OrtException, UnshowableException {
    long[] dims = tensor.getInfo().getShape();
    int leading = output.form() == OutputSpec.Form.ROWS ? 1 : 0;
    if (dims.length != rowDims.length + leading || (leading == 1 && dims[0] != runSize) || TensorTypes.of(tensor.getInfo().onnxType) != output.type()) {
      throw new UnshowableException("output " + output.name() + " of shape " + Arrays.toString(dims) + " for " + runSize + " rows of " + output.shape());
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

  private void readMaps(OnnxValue value, int runSize) throws OrtException, UnshowableException {
    Answer answer = Answer.read(value);
    int rank = output.shape().rank();
    long maps = output.form() == OutputSpec.Form.MAP_SEQUENCE ? runSize : rank == 1 ? 1 : output.shape().dim(0);
    boolean sameKeys = output.labels().isEmpty() ? answer.dims()[1] == output.shape().dim(rank - 1) : answer.labels().equals(output.labels());
    if (answer.dims()[0] != maps || !sameKeys) {
      throw new UnshowableException("output " + output.name() + " has other keys or another number of maps than when the model was loaded");
    }
    numbers = answer.values();
    rowElements = output.shape().elements();
  }

  private void readSequence(OnnxValue value) throws OrtException, UnshowableException {
    if (!(value instanceof OnnxSequence sequence) || sequence.getInfo().isSequenceOfMaps()) {
      throw new UnshowableException("output " + output.name() + " is no sequence of tensors");
    }
    List<? extends OnnxValue> items = sequence.getValue();
    try {
      List<OnnxTensor> tensors = new ArrayList<>();
      for (OnnxValue item : items) {
        tensors.add((OnnxTensor) item);
      }
      readAll(tensors);
    } finally {
      items.forEach(OnnxValue::close);
    }
  }

  private void readAll(List<OnnxTensor> tensors) throws OrtException, UnshowableException {
    long[] dims = new long[rowDims.length];
    List<String> flat = new ArrayList<>();
    List<ByteBuffer> parts = new ArrayList<>();
    for (OnnxTensor tensor : tensors) {
      long[] own = tensor.getInfo().getShape();
      boolean first = dims[0] == 0;
      if (own.length != dims.length - 1
          || TensorTypes.of(tensor.getInfo().onnxType) != output.type()
          || (!first && !Arrays.equals(own, 0, own.length, dims, 1, dims.length))) {
        throw new UnshowableException("output " + output.name() + " holds tensors of other types or shapes than one answer can show");
      }
      dims[0]++;
      System.arraycopy(own, 0, dims, 1, own.length);
      if (output.type().isPooled()) {
        Answer.flatten(tensor.getValue(), flat);
      } else {
        parts.add(AnswerWriters.bytes(tensor));
      }
    }
    setRow(dims, 0);
    texts = flat;
    bytes = joined(parts);
  }

  private static ByteBuffer joined(List<ByteBuffer> parts) {
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum()).order(ByteOrder.nativeOrder());
    parts.forEach(all::put);
    return all.flip();
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
      if (!output.form().isMap()) {
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
