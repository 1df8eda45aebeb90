package io.yapok.model.internal.kernel;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import java.util.List;

/** Computes a column for each of its expressions, in their order. */
public record TransformStep(String name, List<NamedExpression> results) implements Step {
  public TransformStep {
    results = List.copyOf(results);
  }

  @Override
  public BoundStep bind(Batch batch) {
    return new BoundExpressions(name, batch, results);
  }
}
