package io.yapok.model.internal.kernel;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ElementType;
import java.util.List;

/**
 * Flags rows: each rule's column is true where the rule holds.
 *
 * @param rules expressions that are true or false
 */
public record ValidateStep(String name, List<NamedExpression> rules) implements Step {
  public ValidateStep {
    rules = List.copyOf(rules);
    for (NamedExpression rule : rules) {
      if (rule.expression().type() != ElementType.BOOL || rule.expression().shape().rank() != 0) {
        throw new IllegalArgumentException("the rule " + rule.name() + " is neither true nor false");
      }
    }
  }

  @Override
  public BoundStep bind(Batch batch) {
    return new BoundExpressions(name, batch, rules);
  }
}
