package io.yapok.model.internal.kernel;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;

/**
 * An expression of a document, checked and with its names turned into slots. Immutable and shared.
 *
 * @param text as written
 */
public record CompiledExpression(String text, Term term) {
  /** The element type of the column that takes its values. */
  public ElementType type() {
    return term.type().base().stored();
  }

  /** The row shape of that column. */
  public RowShape shape() {
    return term.type().shape();
  }

  /** The column that takes its values. */
  public ColumnSpec column(String name) {
    return new ColumnSpec(name, type(), shape());
  }
}
