package io.yapok.model.internal.mapping;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import java.util.List;

/**
 * A model and what is done to feed it: columns are filled, checked for NaN and infinity, and the model runs over them.
 *
 * @param mappings of the inputs that no column feeds as it is
 * @param checked inputs of floating-point numbers that must be finite; none where the step allows others
 * @param model runs over the inputs' columns
 */
public record MappedModelStep(String name, List<Mapping> mappings, List<Checked> checked, Step model) implements Step {
  public MappedModelStep {
    mappings = List.copyOf(mappings);
    checked = List.copyOf(checked);
  }

  /**
   * An input that must be finite.
   *
   * @param field named in rejects
   * @param slot of the input's column
   */
  public record Checked(String field, int slot) {}

  @Override
  public BoundStep bind(Batch batch) {
    BoundMapping[] bound = mappings.stream().map(mapping -> new BoundMapping(name, mapping, batch)).toArray(BoundMapping[]::new);
    FiniteCheck[] checks =
        checked.stream().map(input -> new FiniteCheck(name, input.field(), batch, batch.column(input.slot()))).toArray(FiniteCheck[]::new);
    return new Bound(bound, checks, model.bind(batch));
  }

  private record Bound(BoundMapping[] mappings, FiniteCheck[] checks, BoundStep model) implements BoundStep {
    @Override
    public void run() {
      for (BoundMapping mapping : mappings) {
        mapping.run();
      }
      for (FiniteCheck check : checks) {
        check.run();
      }
      model.run();
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
