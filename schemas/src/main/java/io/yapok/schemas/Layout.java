package io.yapok.schemas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a pipeline's batches. A column's place in the list is its slot; steps know columns by slot alone. */
public final class Layout {
  private final List<ColumnSpec> columns;
  private final Map<String, Integer> slots;

  /**
   * A layout of these columns.
   *
   * @throws IllegalArgumentException if two columns have one name
   */
  public Layout(List<ColumnSpec> columns) {
    this.columns = List.copyOf(columns);
    this.slots = HashMap.newHashMap(columns.size());
    for (int slot = 0; slot < columns.size(); slot++) {
      if (slots.put(columns.get(slot).name(), slot) != null) {
        throw new IllegalArgumentException("two columns are named " + columns.get(slot).name());
      }
    }
  }

  public List<ColumnSpec> columns() {
    return columns;
  }

  /** The column in a slot. */
  public ColumnSpec column(int slot) {
    return columns.get(slot);
  }

  /**
   * The slot of a column.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int slot(String name) {
    Integer slot = slots.get(name);
    if (slot == null) {
      throw new IllegalArgumentException("no column is named " + name);
    }
    return slot;
  }

  /** Buffer bytes that one row takes in all fixed columns together, at least 1. */
  public long bytesPerRow() {
    return Math.max(1, columns.stream().mapToLong(ColumnSpec::bytesPerRow).sum());
  }
}
