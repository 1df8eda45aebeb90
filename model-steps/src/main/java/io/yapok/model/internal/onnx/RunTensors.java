package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of one run, over memory that somebody else owns: inputs, and the outputs that the runtime writes in place. Owned and closed by one runner; after
 * {@link #close} none of them is used again.
 */
final class RunTensors implements AutoCloseable {
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> pinned = new HashMap<>();
  private final Set<String> unpinned = new HashSet<>();

  /** Where the elements of an input or output lie for this run. */
  interface Memory {
    ByteBuffer of(int index);
  }

  /**
   * Tensors for a run of so many rows.
   *
   * @param inputMemory a buffer an input
   * @param outputMemory a buffer a pinned output
   */
  static RunTensors over(List<InputSpec> inputs, List<OutputSpec> outputs, int rows, Memory inputMemory, Memory outputMemory) throws OrtException {
    RunTensors tensors = new RunTensors();
    boolean complete = false;
    try {
      for (int i = 0; i < inputs.size(); i++) {
        InputSpec input = inputs.get(i);
        tensors.inputs.put(input.name(), OrtRuntime.view(inputMemory.of(i), shape(input, rows), input.type()));
      }
      tensors.pinOutputs(outputs, rows, outputMemory);
      complete = true;
      return tensors;
    } finally {
      if (!complete) {
        tensors.close();
      }
    }
  }

  /** Tensors of a run whose inputs {@link #own} adds; no output is written in place. */
  static RunTensors withoutInputs(List<OutputSpec> outputs) {
    RunTensors tensors = new RunTensors();
    outputs.forEach(output -> tensors.unpinned.add(output.name()));
    return tensors;
  }

  /** Adds an input, which is closed with the others. */
  void own(String name, OnnxTensor input) {
    inputs.put(name, input);
  }

  /** Runs the model. The result holds the outputs that are not written in place; the caller closes it. */
  OrtSession.Result run(OrtSession session) throws OrtException {
    return session.run(inputs, unpinned, pinned);
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    pinned.values().forEach(OnnxTensor::close);
    inputs.clear();
    pinned.clear();
  }

  private void pinOutputs(List<OutputSpec> outputs, int rows, Memory memory) throws OrtException {
    for (int i = 0; i < outputs.size(); i++) {
      OutputSpec output = outputs.get(i);
      if (output.isPinned()) {
        pinned.put(output.name(), OrtRuntime.view(memory.of(i), shape(output, rows), output.type()));
      } else {
        unpinned.add(output.name());
      }
    }
  }

  private static long[] shape(InputSpec input, int rows) {
    return shape(input.shape(), input.hasRowDimension(), rows);
  }

  private static long[] shape(OutputSpec output, int rows) {
    return shape(output.shape(), output.form() == OutputSpec.Form.ROWS, rows);
  }

  private static long[] shape(io.yapok.schemas.RowShape row, boolean leadingRows, int rows) {
    int leading = leadingRows ? 1 : 0;
    long[] shape = new long[leading + row.rank()];
    if (leadingRows) {
      shape[0] = rows;
    }
    for (int axis = 0; axis < row.rank(); axis++) {
      shape[leading + axis] = row.dim(axis);
    }
    return shape;
  }
}
