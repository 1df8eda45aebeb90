package io.yapok.model.internal.onnx;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;

/** A model over columns. */
final class ModelStep implements Step {
  private final String name;
  private final OnnxModel model;
  private final int[] inputSlots;
  private final int[] outputSlots;

  ModelStep(String name, OnnxModel model, int[] inputSlots, int[] outputSlots) {
    if (inputSlots.length != model.inputs().size() || outputSlots.length != model.outputs().size()) {
      throw new IllegalArgumentException("the model has " + model.inputs().size() + " inputs and " + model.outputs().size() + " outputs");
    }
    this.name = name;
    this.model = model;
    this.inputSlots = inputSlots.clone();
    this.outputSlots = outputSlots.clone();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public BoundStep bind(Batch batch) {
    return model.bind(() -> new BoundModel(this, batch));
  }

  OnnxModel model() {
    return model;
  }

  int inputSlot(int input) {
    return inputSlots[input];
  }

  int outputSlot(int output) {
    return outputSlots[output];
  }
}
