package io.yapok.model.internal.onnx;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.util.List;
import java.util.stream.IntStream;

/** A model's inputs and outputs beside the columns of one batch that hold them. */
final class ModelColumns {
  private final List<InputSpec> inputs;
  private final List<OutputSpec> outputs;
  private final List<Column> inputColumns;
  private final List<Column> outputColumns;

  ModelColumns(ModelStep step, Batch batch) {
    this.inputs = step.model().inputs();
    this.outputs = step.model().outputs();
    this.inputColumns = IntStream.range(0, inputs.size()).mapToObj(input -> batch.column(step.inputSlot(input))).toList();
    this.outputColumns = IntStream.range(0, outputs.size()).mapToObj(output -> batch.column(step.outputSlot(output))).toList();
    for (int i = 0; i < inputs.size(); i++) {
      requireSame(inputs.get(i).type() == inputColumns.get(i).spec().type() && inputs.get(i).shape().equals(inputColumns.get(i).spec().shape()), inputs.get(i).name());
    }
    for (int i = 0; i < outputs.size(); i++) {
      requireSame(outputs.get(i).type() == outputColumns.get(i).spec().type() && outputs.get(i).shape().equals(outputColumns.get(i).spec().shape()), outputs.get(i).name());
    }
  }

  List<InputSpec> inputs() {
    return inputs;
  }

  List<OutputSpec> outputs() {
    return outputs;
  }

  Column input(int index) {
    return inputColumns.get(index);
  }

  Column output(int index) {
    return outputColumns.get(index);
  }

  /** Changes when any column's buffer has been replaced. */
  int generation() {
    int generation = 0;
    for (int i = 0; i < inputColumns.size(); i++) {
      generation += inputColumns.get(i).generation();
    }
    for (int i = 0; i < outputColumns.size(); i++) {
      generation += outputColumns.get(i).generation();
    }
    return generation;
  }

  private static void requireSame(boolean same, String name) {
    if (!same) {
      throw new IllegalArgumentException("the column for " + name + " has another type or shape than the model");
    }
  }
}
