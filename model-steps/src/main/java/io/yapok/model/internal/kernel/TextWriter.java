package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;

/** Appends texts to a column's pool: one a row, or a vector of them. */
final class TextWriter {
  private static final byte[] NONE = new byte[0];

  private TextWriter() {}

  /** One text a row. */
  static final class One extends ColumnWriter {
    private final RowText text;

    One(Lowering lowering, Term term, Column column) {
      super(column, lowering.failures());
      this.text = lowering.text(term);
    }

    @Override
    void compute(int row) {
      text.load(row);
    }

    @Override
    void store(int row) {
      column.appendText(text.bytes, text.start, text.end - text.start);
    }

    @Override
    void blank(int row) {
      column.appendText(NONE, 0, 0);
    }
  }

  /** Several texts a row. */
  static final class Many extends ColumnWriter {
    private final RowTexts texts;
    private final boolean fixed;
    private final int[] dims = new int[1];

    Many(Lowering lowering, Term term, Column column) {
      super(column, lowering.failures());
      this.texts = lowering.textVector(term);
      this.fixed = column.spec().shape().isFixed();
    }

    @Override
    void compute(int row) {
      texts.load(row);
    }

    @Override
    void store(int row) {
      for (int i = 0; i < texts.count; i++) {
        RowText text = texts.element(i);
        column.appendText(text.bytes, text.start, text.end - text.start);
      }
      if (!fixed) {
        end(texts.count);
      }
    }

    /** Texts of this row that are there already, since the pool filled up on the way, stay. */
    @Override
    void blank(int row) {
      if (!fixed) {
        end(column.texts() - column.start(row));
        return;
      }
      int whole = column.start(row) + column.count(row);
      while (column.texts() < whole) {
        column.appendText(NONE, 0, 0);
      }
    }

    private void end(int count) {
      dims[0] = count;
      column.endRow(count, dims);
    }
  }
}
