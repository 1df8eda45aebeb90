package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Made-up rows to probe a model with, from a seed: each differs from its neighbours in size by orders of magnitude, because what rows do to each other (a scale
 * or a maximum taken over the batch) shows most then.
 */
final class ProbeRows {
  private static final int LONGEST_MAGNITUDES = 4;
  private static final int SAFE_INTEGERS = 10;

  /** How wild the values are. */
  enum Kind {
    /** Normal variates times 1, 8, 64, 512; whole numbers up to those, as far as that is safe. */
    WIDE,
    /** Between 0 and 1. */
    GENTLE,
    /** All zero, or empty text. */
    ZERO
  }

  private final List<InputSpec> inputs;
  private final List<List<Object>> cells; // by row, by input: a ByteBuffer, or a String[]
  private final int dynamicSize;
  private final boolean wildIntegers;

  /**
   * Makes rows.
   *
   * @param dynamicSize the size of dimensions that may be any
   * @param wildIntegers whether whole numbers may be large
   */
  ProbeRows(List<InputSpec> inputs, int rows, Kind kind, int dynamicSize, boolean wildIntegers, long seed) {
    this.inputs = inputs;
    this.dynamicSize = dynamicSize;
    this.wildIntegers = wildIntegers;
    this.cells = new ArrayList<>();
    Random random = new Random(seed);
    for (int row = 0; row < rows; row++) {
      List<Object> rowCells = new ArrayList<>();
      for (InputSpec input : inputs) {
        rowCells.add(cell(input, kind, row, random));
      }
      cells.add(rowCells);
    }
  }

  int count() {
    return cells.size();
  }

  /**
   * One tensor an input that holds these rows in this order.
   *
   * @return to be closed by the caller, each
   */
  Map<String, OnnxTensor> tensors(int... rows) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    boolean complete = false;
    try {
      for (int i = 0; i < inputs.size(); i++) {
        tensors.put(inputs.get(i).name(), tensor(i, rows));
      }
      complete = true;
      return tensors;
    } finally {
      if (!complete) {
        tensors.values().forEach(OnnxTensor::close);
      }
    }
  }

  private OnnxTensor tensor(int input, int[] rows) throws OrtException {
    InputSpec spec = inputs.get(input);
    long[] shape = shape(spec, rows.length);
    if (spec.type().isPooled()) {
      List<String> texts = new ArrayList<>();
      for (int row : rows) {
        texts.addAll(List.of((String[]) cells.get(row).get(input)));
      }
      return OnnxTensor.createTensor(OrtRuntime.environment(), texts.toArray(String[]::new), shape);
    }
    int rowBytes = elements(spec) * spec.type().bytes();
    ByteBuffer bytes = ByteBuffer.allocateDirect(rowBytes * rows.length).order(ByteOrder.nativeOrder());
    for (int i = 0; i < rows.length; i++) {
      bytes.put(i * rowBytes, (ByteBuffer) cells.get(rows[i]).get(input), 0, rowBytes);
    }
    return OrtRuntime.view(bytes, shape, spec.type());
  }

  private long[] shape(InputSpec spec, int rows) {
    RowShape row = spec.shape();
    int leading = spec.hasRowDimension() ? 1 : 0;
    long[] shape = new long[leading + row.rank()];
    if (leading == 1) {
      shape[0] = rows;
    }
    for (int axis = 0; axis < row.rank(); axis++) {
      shape[leading + axis] = dim(row, axis);
    }
    return shape;
  }

  private int dim(RowShape shape, int axis) {
    return shape.dim(axis) == RowShape.DYNAMIC ? dynamicSize : shape.dim(axis);
  }

  private int elements(InputSpec spec) {
    int elements = 1;
    for (int axis = 0; axis < spec.shape().rank(); axis++) {
      elements *= dim(spec.shape(), axis);
    }
    return elements;
  }

  private Object cell(InputSpec spec, Kind kind, int row, Random random) {
    int elements = elements(spec);
    if (spec.type().isPooled()) {
      String[] texts = new String[elements];
      for (int i = 0; i < elements; i++) {
        texts[i] = kind == Kind.ZERO ? "" : String.valueOf((char) ('a' + random.nextInt(26)));
      }
      return texts;
    }
    ByteBuffer bytes = ByteBuffer.allocate(elements * spec.type().bytes()).order(ByteOrder.nativeOrder());
    double magnitude = Math.pow(8, row % LONGEST_MAGNITUDES);
    for (int i = 0; i < elements; i++) {
      Elements.put(bytes, spec.type(), i * spec.type().bytes(), value(kind, spec.type(), magnitude, random));
    }
    return bytes;
  }

  private double value(Kind kind, ElementType type, double magnitude, Random random) {
    return switch (kind) {
      case ZERO -> 0;
      case GENTLE -> type.isFloating() ? random.nextDouble() : random.nextInt(2);
      case WIDE -> type.isFloating() ? random.nextGaussian() * magnitude : random.nextInt(wildIntegers ? (int) (2 * magnitude) : SAFE_INTEGERS);
    };
  }
}
