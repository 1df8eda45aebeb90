package io.yapok.model.internal.onnx;

import io.yapok.model.BoundStep;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A recurrent model bound to a batch whose columns are its inputs and then its outputs, with a memory of what each key's tensors are. Inputs are {@code x} and those
 * that outputs feed. For one thread.
 */
final class RecurrentBench implements AutoCloseable {
  final io.yapok.model.internal.onnx.OnnxModel model;
  final Batch batch;
  private final BoundStep step;
  private final int[] feeding;
  private final Map<String, float[][]> memory = new HashMap<>(); // by key, by input
  private final Map<String, Integer> lanes = new LinkedHashMap<>(); // of the present batch

  RecurrentBench(OnnxModel file, ModelOptions options, Map<String, String> state) {
    model = Bench.load(file.toBytes(), options);
    List<ColumnSpec> columns = new ArrayList<>();
    model.inputs().forEach(input -> columns.add(new ColumnSpec("input." + input.name(), input.type(), input.shape())));
    model.outputs().forEach(output -> columns.add(new ColumnSpec("out." + output.name(), output.type(), output.shape())));
    batch = new Batch(new Layout(columns), 1L << 30);
    List<String> outputs = model.outputs().stream().map(OutputSpec::name).toList();
    feeding = model.inputs().stream().mapToInt(input -> outputs.indexOf(state.getOrDefault(input.name(), ""))).toArray();
    int inputs = model.inputs().size();
    step = model.recurrentStep("model", IntStream.range(0, inputs).toArray(), IntStream.range(inputs, columns.size()).toArray(), feeding).bind(batch);
  }

  void clear() {
    batch.clear();
    lanes.clear();
  }

  /** Adds a record of one row or several, each of so many numbers. */
  int record(String key, float[]... rows) {
    int first = batch.rows();
    int record = batch.addRecord(key.getBytes(StandardCharsets.UTF_8), null, 0, 0, batch.records(), null);
    batch.reserveRows(first + rows.length);
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < rows[row].length; i++) {
        batch.column(0).floats().put((first + row) * rows[row].length + i, rows[row][i]);
      }
    }
    batch.endRecord(rows.length);
    return record;
  }

  void rejectEarly(int record) {
    batch.reject(record, new Reject(RejectReason.MALFORMED, Reject.SOURCE, "", "made up"));
  }

  /** Recalls, runs and remembers, as a pipeline does. */
  void run() {
    for (int record = 0; record < batch.records(); record++) {
      if (!batch.isRejected(record)) {
        batch.setLane(record, lanes.computeIfAbsent(key(record), _ -> lanes.size()));
      }
    }
    forEachTensor((column, lane, width, tensor) -> {
      column.reserveRows(batch.lanes());
      for (int i = 0; i < width; i++) {
        column.floats().put(lane * width + i, tensor[i]);
      }
    });
    step.run();
    forEachTensor((column, lane, width, tensor) -> {
      for (int i = 0; i < width; i++) {
        tensor[i] = column.floats().get(lane * width + i);
      }
    });
  }

  /** Runs over what was recalled last. */
  void runStep() {
    step.run();
  }

  private interface Tensor {
    void with(Column column, int lane, int width, float[] tensor);
  }

  private void forEachTensor(Tensor action) {
    lanes.forEach((key, lane) -> {
      for (int input = 0; input < feeding.length; input++) {
        if (feeding[input] >= 0) {
          Column column = batch.column(input);
          int width = column.spec().shape().elements();
          float[][] tensors = memory.computeIfAbsent(key, _ -> new float[feeding.length][]);
          tensors[input] = tensors[input] == null ? new float[width] : tensors[input];
          action.with(column, lane, width, tensors[input]);
        }
      }
    });
  }

  /** What is remembered of a key for an input. */
  float[] remembered(String key, int input) {
    return memory.get(key)[input];
  }

  String key(int record) {
    return new String(batch.key(record), StandardCharsets.UTF_8);
  }

  /** An output's answer for a row. */
  float[] answer(int output, int row) {
    Column column = batch.column(model.inputs().size() + output);
    float[] answer = new float[column.spec().shape().elements()];
    column.floats().get(row * answer.length, answer);
    return answer;
  }

  @Override
  public void close() {
    step.close();
    model.close();
  }
}
