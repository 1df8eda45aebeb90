package io.yapok.state.internal.part;

import io.yapok.schemas.Column;

/** An aggregate of finite numbers that is shown as one. */
public abstract class NumberAccumulator implements Accumulator {
  private final Numbers numbers;
  private final double fallback;

  /** Reads numbers so and shows the fallback while it is empty. */
  protected NumberAccumulator(Numbers numbers, double fallback) {
    this.numbers = numbers;
    this.fallback = fallback;
  }

  protected abstract void add(double value);

  protected abstract boolean isEmpty();

  protected abstract double value();

  @Override
  public final boolean accepts(Column from, int row) {
    return Double.isFinite(numbers.at(from, row));
  }

  @Override
  public final void add(Column from, int row) {
    add(numbers.at(from, row));
  }

  @Override
  public final void show(Column to, int row) {
    to.doubles().put(row, isEmpty() ? fallback : value());
  }
}
