package io.yapok.model.internal.kernel;

import io.yapok.model.internal.kernel.ValueType.Base;

/** The k largest elements of a vector, largest first: equal ones in their order, NaN last. Fewer where the vector has fewer. */
final class TopK {
  private TopK() {}

  /** Their indices. */
  static RowLongs places(Lowering lowering, Term vector, Term k) {
    Picked picked = picked(lowering, vector, k);
    return new RowLongs() {
      @Override
      void load(int row) {
        resize(picked.pick(row));
        for (int i = 0; i < count; i++) {
          values[i] = picked.selection.chosen(i);
        }
      }
    };
  }

  /** Themselves, as whole numbers. */
  static RowLongs integers(Lowering lowering, Term vector, Term k) {
    PickedIntegers picked = new PickedIntegers(lowering, vector, k);
    return new RowLongs() {
      @Override
      void load(int row) {
        resize(picked.pick(row));
        for (int i = 0; i < count; i++) {
          values[i] = picked.elements.values[picked.selection.chosen(i)];
        }
      }
    };
  }

  /** Themselves, as floating-point numbers. */
  static RowDoubles floats(Lowering lowering, Term vector, Term k) {
    PickedFloats picked = new PickedFloats(lowering, vector, k);
    return new RowDoubles() {
      @Override
      void load(int row) {
        resize(picked.pick(row));
        for (int i = 0; i < count; i++) {
          values[i] = picked.elements.values[picked.selection.chosen(i)];
        }
      }
    };
  }

  private static Picked picked(Lowering lowering, Term vector, Term k) {
    return vector.type().base() == Base.INT64 ? new PickedIntegers(lowering, vector, k) : new PickedFloats(lowering, vector, k);
  }

  /** Chooses elements of a row's vector. */
  private abstract static sealed class Picked {
    final Selection selection = new Selection();
    private final RowLong k;
    private final Failures failures;

    Picked(Lowering lowering, Term k) {
      this.k = lowering.integer(k);
      this.failures = lowering.failures();
    }

    /** Gives the selection the row's keys and answers how many there are. */
    abstract int keys(int row);

    final int pick(int row) {
      long wanted = k.at(row);
      if (wanted < 0) {
        failures.fail("the top " + wanted + " of a vector");
        return 0;
      }
      int elements = keys(row);
      return selection.select(elements, (int) Math.min(wanted, elements));
    }
  }

  private static final class PickedIntegers extends Picked {
    final RowLongs elements;

    PickedIntegers(Lowering lowering, Term vector, Term k) {
      super(lowering, k);
      this.elements = lowering.integerVector(vector);
    }

    @Override
    int keys(int row) {
      elements.load(row);
      selection.reserve(elements.count);
      for (int i = 0; i < elements.count; i++) {
        selection.key(i, elements.values[i]);
      }
      return elements.count;
    }
  }

  private static final class PickedFloats extends Picked {
    final RowDoubles elements;

    PickedFloats(Lowering lowering, Term vector, Term k) {
      super(lowering, k);
      this.elements = lowering.numberVector(vector);
    }

    @Override
    int keys(int row) {
      elements.load(row);
      selection.reserve(elements.count);
      for (int i = 0; i < elements.count; i++) {
        selection.key(i, Selection.largestFirst(elements.values[i]));
      }
      return elements.count;
    }
  }
}
