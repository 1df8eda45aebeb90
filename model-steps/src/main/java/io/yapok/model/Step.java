package io.yapok.model;

import io.yapok.schemas.Batch;

/** One thing done to a batch: a model, a transform, a ranking, rules. Immutable and shared by all stream threads; what a thread needs is in its {@link BoundStep}. */
public interface Step {
  /** The name in rejects, metrics and {@code elapsed}; unique in a pipeline. */
  String name();

  /** Makes this step ready for one batch object, on the thread that owns the batch. The caller closes what it gets before this step's models are released. */
  BoundStep bind(Batch batch);
}
