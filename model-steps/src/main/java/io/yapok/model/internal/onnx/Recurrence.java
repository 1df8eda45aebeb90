package io.yapok.model.internal.onnx;

import java.util.List;
import java.util.stream.IntStream;

/** Which column each input and output of a recurrent model has, and which outputs feed which inputs at a key's next row. Immutable. */
final class Recurrence {
  private final List<InputSpec> inputs;
  private final List<OutputSpec> outputs;
  private final int[] inputSlots;
  private final int[] outputSlots;
  private final int[] feeding;

  /** As {@link OnnxModel#recurrentStep} says. */
  Recurrence(List<InputSpec> inputs, List<OutputSpec> outputs, int[] inputSlots, int[] outputSlots, int[] feeding) {
    if (inputSlots.length != inputs.size() || feeding.length != inputs.size() || outputSlots.length != outputs.size()) {
      throw new IllegalArgumentException("the model has " + inputs.size() + " inputs and " + outputs.size() + " outputs");
    }
    if (inputs.stream().anyMatch(input -> !canStage(input)) || outputs.stream().anyMatch(output -> !output.isPinned())) {
      throw new IllegalArgumentException("a recurrent model takes and gives numbers of fixed shapes");
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputSlots = inputSlots.clone();
    this.outputSlots = outputSlots.clone();
    this.feeding = feeding.clone();
  }

  /** Whether rows of an input can be laid out in memory that is kept. */
  static boolean canStage(InputSpec input) {
    return input.shape().isFixed() && !input.type().isPooled();
  }

  List<InputSpec> inputs() {
    return inputs;
  }

  List<OutputSpec> outputs() {
    return outputs;
  }

  int inputSlot(int input) {
    return inputSlots[input];
  }

  /** -1 for an output that only feeds an input. */
  int outputSlot(int output) {
    return outputSlots[output];
  }

  boolean isState(int input) {
    return feeding[input] >= 0;
  }

  /** The output whose answer a state input takes at the key's next row. */
  int feeding(int input) {
    return feeding[input];
  }

  /** Whether an output feeds an input. */
  boolean feeds(int output) {
    return IntStream.of(feeding).anyMatch(other -> other == output);
  }
}
