package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;

/** The writer for each kind of column. */
final class ColumnWriters {
  private ColumnWriters() {}

  static ColumnWriter writer(Lowering lowering, Term term, Column column) {
    boolean scalar = term.type().isScalar();
    return switch (term.type().base()) {
      case BOOL -> scalar ? bool(lowering, term, column) : new VectorWriter.Integers(lowering, term, column);
      case INT64 -> scalar ? integer(lowering, term, column) : new VectorWriter.Integers(lowering, term, column);
      case FLOAT32, FLOAT64 -> scalar ? number(lowering, term, column) : new VectorWriter.Floats(lowering, term, column);
      case TEXT -> scalar ? new TextWriter.One(lowering, term, column) : new TextWriter.Many(lowering, term, column);
    };
  }

  private static ColumnWriter bool(Lowering lowering, Term term, Column column) {
    RowBool value = lowering.bool(term);
    return new FixedWriter(column, lowering.failures()) {
      private boolean computed;

      @Override
      void compute(int row) {
        computed = value.at(row);
      }

      @Override
      void store(int row) {
        column.bytes().put(row, (byte) (computed ? 1 : 0));
      }
    };
  }

  private static ColumnWriter integer(Lowering lowering, Term term, Column column) {
    RowLong value = lowering.integer(term);
    return new FixedWriter(column, lowering.failures()) {
      private long computed;

      @Override
      void compute(int row) {
        computed = value.at(row);
      }

      @Override
      void store(int row) {
        column.longs().put(row, computed);
      }
    };
  }

  private static ColumnWriter number(Lowering lowering, Term term, Column column) {
    RowDouble value = lowering.number(term);
    boolean single = term.type().base() == ValueType.Base.FLOAT32;
    return new FixedWriter(column, lowering.failures()) {
      private double computed;

      @Override
      void compute(int row) {
        computed = value.at(row);
      }

      @Override
      void store(int row) {
        if (single) {
          column.floats().put(row, (float) computed);
        } else {
          column.doubles().put(row, computed);
        }
      }
    };
  }

  /** Rows whose places exist already need no blanks. */
  private abstract static class FixedWriter extends ColumnWriter {
    FixedWriter(Column column, Failures failures) {
      super(column, failures);
    }

    @Override
    final void blank(int row) {}
  }
}
