package io.yapok.topology.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.StateColumn;
import io.yapok.state.KeyState;
import io.yapok.state.StateTable;
import io.yapok.topology.Memory;
import java.util.List;

/** What a pipeline remembers, in a table. */
public final class TableMemory implements Memory {
  private final FoldTable table;
  private final KeyState state;

  /** A memory in this table, which its owner closes. */
  public TableMemory(StateTable below) {
    this.table = new FoldTable(below);
    this.state = new KeyState(table);
  }

  @Override
  public void begin() {
    table.clear();
  }

  @Override
  public void recall(Batch batch, List<StateColumn> columns) {
    state.recall(batch, columns);
  }

  @Override
  public void remember(Batch batch) {
    state.remember(batch);
  }

  @Override
  public void write() {
    table.write();
  }
}
