package io.yapok.model.internal.kernel;

import io.yapok.model.BoundStep;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;

/**
 * Orders the rows of each record by a number: equal ones keep their order, NaN comes last.
 *
 * @param bySlot a column of one number a row
 * @param keep how many rows of a record to keep; {@link Integer#MAX_VALUE} for all
 * @param descending whether the largest comes first
 * @param orderSlot the scalar INT32 column for the result, as {@link io.yapok.schemas.ResultSchema.Ranking} describes it
 */
public record RankStep(String name, int bySlot, int keep, boolean descending, int orderSlot) implements Step {
  public RankStep {
    if (keep < 1) {
      throw new IllegalArgumentException(name + " keeps " + keep + " rows");
    }
  }

  @Override
  public BoundStep bind(Batch batch) {
    return new BoundRanking(this, batch);
  }
}
