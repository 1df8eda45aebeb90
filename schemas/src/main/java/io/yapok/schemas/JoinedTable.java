package io.yapok.schemas;

import java.util.List;

/**
 * What a batch's rows get from a table before the steps run.
 *
 * @param table what the document says of it
 * @param key slot of the column whose value is looked up, a text or a whole number; {@link #RECORD_KEY} for the record's own key
 * @param row how a row of the table is decoded: into a layout of its own, of columns of fixed shapes
 * @param columns where each column of that layout goes: slots of columns of the same type and shape in the batch's layout
 */
public record JoinedTable(PipelineTable table, int key, SourceSchema row, List<Integer> columns) {
  /** The {@link #key} of a table that is joined by the record's own. */
  public static final int RECORD_KEY = -1;

  public JoinedTable {
    columns = List.copyOf(columns);
    if (columns.size() != row.layout().columns().size()) {
      throw new IllegalArgumentException("each column of a row goes somewhere");
    }
  }

  /** The table's name in the document. */
  public String name() {
    return table.name().value();
  }
}
