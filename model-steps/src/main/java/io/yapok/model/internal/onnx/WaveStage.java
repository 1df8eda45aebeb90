package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which rows from anywhere in a batch share a run of a recurrent model: they are copied in, with their keys' tensors, and answers out. Tensors
 * over it are made once for each number of rows. For the thread that owns the batch.
 */
final class WaveStage implements AutoCloseable {
  private final OrtSession session;
  private final Recurrence recurrence;
  private final int fixedRunSize;
  private final Column[] inputColumns;
  private final @Nullable Column[] outputColumns; // none for an output that only feeds an input
  private final int[] inputBytes; // of a row
  private final int[] outputBytes;
  private final ByteBuffer[] inputs;
  private final ByteBuffer[] outputs;
  private final IntBuffer[] bits; // of outputs
  private final @Nullable RunTensors[] tensors; // by rows of the run

  /**
   * A stage.
   *
   * @param mostRows no run has more
   * @param fixedRunSize as {@link Batching} has it
   */
  WaveStage(OrtSession session, Recurrence recurrence, Batch batch, int mostRows, int fixedRunSize) {
    this.session = session;
    this.recurrence = recurrence;
    this.fixedRunSize = fixedRunSize;
    int capacity = Math.max(mostRows, fixedRunSize);
    int inputCount = recurrence.inputs().size();
    int outputCount = recurrence.outputs().size();
    this.inputColumns = new Column[inputCount];
    this.inputBytes = new int[inputCount];
    this.inputs = new ByteBuffer[inputCount];
    for (int i = 0; i < inputCount; i++) {
      InputSpec input = recurrence.inputs().get(i);
      inputColumns[i] = batch.column(recurrence.inputSlot(i));
      inputBytes[i] = Math.multiplyExact(input.shape().elements(), input.type().bytes());
      inputs[i] = memory(inputBytes[i], capacity);
    }
    this.outputColumns = new Column[outputCount];
    this.outputBytes = new int[outputCount];
    this.outputs = new ByteBuffer[outputCount];
    this.bits = new IntBuffer[outputCount];
    for (int i = 0; i < outputCount; i++) {
      OutputSpec output = recurrence.outputs().get(i);
      outputColumns[i] = recurrence.outputSlot(i) < 0 ? null : batch.column(recurrence.outputSlot(i));
      outputBytes[i] = Math.multiplyExact(output.shape().elements(), output.type().bytes());
      outputs[i] = memory(outputBytes[i], capacity);
      bits[i] = outputs[i].asIntBuffer();
    }
    this.tensors = new RunTensors[capacity + 1];
  }

  /** Copies a row's inputs and its key's tensors to a place of the next run. */
  void load(int place, int row, int lane) {
    for (int i = 0; i < inputs.length; i++) {
      int from = recurrence.isState(i) ? lane : row;
      inputs[i].put(place * inputBytes[i], inputColumns[i].bytes(), from * inputBytes[i], inputBytes[i]);
    }
  }

  /** Runs the model over the first places. One that takes a fixed number of rows gets the last of them again and again. */
  void run(int count) throws OrtException {
    int size = Math.max(count, fixedRunSize);
    for (int place = count; place < size; place++) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i].put(place * inputBytes[i], inputs[i], (count - 1) * inputBytes[i], inputBytes[i]);
      }
    }
    RunTensors run = tensors[size];
    if (run == null) {
      run = RunTensors.over(recurrence.inputs(), recurrence.outputs(), size, i -> first(inputs[i], inputBytes[i] * size), i -> first(outputs[i], outputBytes[i] * size));
      tensors[size] = run;
    }
    run.run(session).close();
  }

  /** Whether the answers of the first places are all finite, as far as that can be told at a glance. */
  boolean isFinite(int count) {
    for (int i = 0; i < outputs.length; i++) {
      OutputSpec output = recurrence.outputs().get(i);
      switch (output.type()) {
        case FLOAT32 -> {
          if (!Nonfinite.allFinite(bits[i], count * output.shape().elements())) {
            return false;
          }
        }
        case FLOAT64, FLOAT16, BFLOAT16 -> {
          return false;
        }
        case INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> {}
      }
    }
    return true;
  }

  /** The first element of an output's answer at a place that is not finite; -1 if all are. */
  int nonfinite(int output, int place) {
    OutputSpec spec = recurrence.outputs().get(output);
    int elements = spec.type().isFloating() ? spec.shape().elements() : 0;
    for (int i = 0; i < elements; i++) {
      if (!Double.isFinite(value(output, place, i))) {
        return i;
      }
    }
    return -1;
  }

  /** An element of an output's answer at a place. */
  double value(int output, int place, int element) {
    OutputSpec spec = recurrence.outputs().get(output);
    return Elements.get(outputs[output], spec.type(), (place * spec.shape().elements() + element) * spec.type().bytes());
  }

  /** Puts the answers at a place into the columns of a row. */
  void answer(int place, int row) {
    for (int i = 0; i < outputs.length; i++) {
      Column column = outputColumns[i];
      if (column != null) {
        column.bytes().put(row * outputBytes[i], outputs[i], place * outputBytes[i], outputBytes[i]);
      }
    }
  }

  /** Makes the tensors at a place those of a key. */
  void keep(int place, int lane) {
    for (int i = 0; i < inputs.length; i++) {
      if (recurrence.isState(i)) {
        inputColumns[i].bytes().put(lane * inputBytes[i], outputs[recurrence.feeding(i)], place * inputBytes[i], inputBytes[i]);
      }
    }
  }

  /** Makes room for the answers of so many rows in their columns. */
  void reserve(int rows) {
    for (Column column : outputColumns) {
      if (column != null) {
        column.reserveRows(rows);
      }
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < tensors.length; i++) {
      RunTensors run = tensors[i];
      if (run != null) {
        run.close();
        tensors[i] = null;
      }
    }
  }

  private static ByteBuffer first(ByteBuffer memory, int bytes) {
    return memory.slice(0, bytes).order(ByteOrder.nativeOrder());
  }

  private static ByteBuffer memory(int rowBytes, int rows) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(rowBytes, rows)).order(ByteOrder.nativeOrder());
  }
}
