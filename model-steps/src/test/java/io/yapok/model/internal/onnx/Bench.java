package io.yapok.model.internal.onnx;

import io.yapok.model.BoundStep;
import io.yapok.model.ModelFile;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A loaded model bound to a batch whose columns are its inputs and then its outputs. For one thread. */
final class Bench implements AutoCloseable {
  final io.yapok.model.internal.onnx.OnnxModel model;
  final Batch batch;
  private final BoundStep step;

  private Bench(io.yapok.model.internal.onnx.OnnxModel model) {
    this.model = model;
    List<ColumnSpec> columns = new ArrayList<>();
    model.inputs().forEach(input -> columns.add(new ColumnSpec("input." + input.name(), input.type(), input.shape())));
    model.outputs().forEach(output -> columns.add(new ColumnSpec("out." + output.name(), output.type(), output.shape(), output.labels())));
    this.batch = new Batch(new Layout(columns), 1L << 30);
    int inputs = model.inputs().size();
    this.step =
        model
            .step("model", IntStream.range(0, inputs).toArray(), IntStream.range(inputs, columns.size()).toArray())
            .bind(batch);
  }

  static Bench of(OnnxModel model) {
    return of(model, ModelOptions.DEFAULT);
  }

  static Bench of(OnnxModel model, ModelOptions options) {
    return of(model.toBytes(), options);
  }

  static Bench of(byte[] file, ModelOptions options) {
    return new Bench(load(file, options));
  }

  /** Another batch over a model that somebody else closes. */
  static Bench over(io.yapok.model.internal.onnx.OnnxModel model) {
    return new Bench(model);
  }

  static io.yapok.model.internal.onnx.OnnxModel load(byte[] bytes, ModelOptions options) {
    ModelFile file = new ModelFile(new ModelVersion("m", 1, "0".repeat(64)), Path.of("m.onnx"), bytes, Where.of("m.onnx"));
    return io.yapok.model.internal.onnx.OnnxModel.load(file, options);
  }

  /** Adds a record of so many rows, whose inputs have room; answers its first row. */
  int record(int rows) {
    int first = batch.rows();
    batch.addRecord(null, null, 0, 0, batch.records(), null);
    batch.reserveRows(first + rows);
    batch.endRecord(rows);
    return first;
  }

  void rejectEarly(int record) {
    batch.reject(record, new Reject(RejectReason.MALFORMED, Reject.SOURCE, "", "made up"));
  }

  Column in(int index) {
    return batch.column(index);
  }

  Column out(int index) {
    return batch.column(model.inputs().size() + index);
  }

  /** An answer with its bits, as text: the same text is the same answer. */
  String shown(int output, int row) {
    Column column = out(output);
    StringBuilder shown = new StringBuilder();
    for (int axis = 0; axis < column.spec().shape().rank(); axis++) {
      shown.append(column.dim(row, axis)).append(' ');
    }
    int bytes = column.spec().type().bytes();
    for (int element = column.start(row); element < column.start(row) + column.count(row); element++) {
      shown.append('|');
      if (bytes == 0) {
        shown.append(column.text(element));
      }
      for (int i = 0; i < bytes; i++) {
        shown.append(Integer.toHexString(column.bytes().get(element * bytes + i) & 0xff)).append('.');
      }
    }
    return shown.toString();
  }

  void run() {
    step.run();
  }

  /** Lets the batch go and keeps the model. */
  void unbind() {
    step.close();
  }

  @Override
  public void close() {
    step.close();
    model.close();
  }
}
