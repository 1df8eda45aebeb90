package io.yapok.model.internal.onnx;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;

/** A recurrent model over columns. */
record RecurrentStep(String name, OnnxModel model, Recurrence recurrence) implements Step {
  @Override
  public BoundStep bind(Batch batch) {
    return model.bind(() -> new BoundRecurrent(this, batch));
  }
}
