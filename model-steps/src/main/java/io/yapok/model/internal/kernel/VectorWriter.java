package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;

/** Writes vectors of numbers or truth values, of a fixed length or appended. */
abstract class VectorWriter extends ColumnWriter {
  private final boolean fixed;
  private final int[] dims = new int[1];

  VectorWriter(Lowering lowering, Column column) {
    super(column, lowering.failures());
    this.fixed = column.spec().shape().isFixed();
  }

  /** How many elements were computed. */
  abstract int count();

  /** Stores a computed element. */
  abstract void put(int index, int place);

  @Override
  final void store(int row) {
    int count = count();
    int start = column.start(row);
    if (!fixed) {
      column.reserveElements((long) start + count);
    }
    for (int i = 0; i < count; i++) {
      put(start + i, i);
    }
    if (!fixed) {
      end(count);
    }
  }

  @Override
  final void blank(int row) {
    if (!fixed) {
      end(0);
    }
  }

  private void end(int count) {
    dims[0] = count;
    column.endRow(count, dims);
  }

  /** Floating-point numbers. */
  static final class Floats extends VectorWriter {
    private final RowDoubles vector;
    private final boolean single;

    Floats(Lowering lowering, Term term, Column column) {
      super(lowering, column);
      this.vector = lowering.numberVector(term);
      this.single = term.type().base() == ValueType.Base.FLOAT32;
    }

    @Override
    void compute(int row) {
      vector.load(row);
    }

    @Override
    int count() {
      return vector.count;
    }

    @Override
    void put(int index, int place) {
      if (single) {
        column.floats().put(index, (float) vector.values[place]);
      } else {
        column.doubles().put(index, vector.values[place]);
      }
    }
  }

  /** Whole numbers and truth values. */
  static final class Integers extends VectorWriter {
    private final RowLongs vector;
    private final boolean bools;

    Integers(Lowering lowering, Term term, Column column) {
      super(lowering, column);
      this.vector = lowering.integerVector(term);
      this.bools = term.type().base() == ValueType.Base.BOOL;
    }

    @Override
    void compute(int row) {
      vector.load(row);
    }

    @Override
    int count() {
      return vector.count;
    }

    @Override
    void put(int index, int place) {
      if (bools) {
        column.bytes().put(index, (byte) vector.values[place]);
      } else {
        column.longs().put(index, vector.values[place]);
      }
    }
  }
}
