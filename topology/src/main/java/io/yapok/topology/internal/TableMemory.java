package io.yapok.topology.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.StateSpec;
import io.yapok.state.Expiry;
import io.yapok.state.KeyState;
import io.yapok.state.LateCounts;
import io.yapok.state.Repetition;
import io.yapok.state.StateTable;
import io.yapok.state.StoredAnswer;
import io.yapok.topology.Memory;
import org.jspecify.annotations.Nullable;

/** What a pipeline remembers, in a table. */
public final class TableMemory implements Memory {
  private final StateTable table;
  private final KeyState state;
  private final Expiry expiry;

  /** A memory in this table, which is closed with it. */
  public TableMemory(StateTable table) {
    this(table, new LateCounts());
  }

  /**
   * A memory in this table, which is closed with it.
   *
   * @param lateCounts counts what became of values that came after their window
   */
  public TableMemory(StateTable table, LateCounts lateCounts) {
    this.table = table;
    this.state = new KeyState(table, lateCounts);
    this.expiry = new Expiry(table);
  }

  @Override
  public void begin() {
    state.begin();
  }

  @Override
  public void beginBatch() {
    state.beginBatch();
  }

  @Override
  public Repetition repetition(Batch batch, StateSpec spec) {
    return state.repetition(batch, spec);
  }

  @Override
  public @Nullable StoredAnswer earlier(int record) {
    return state.earlier(record);
  }

  @Override
  public void answered(int record, StoredAnswer answer) {
    state.answered(record, answer);
  }

  @Override
  public void recall(Batch batch, StateSpec spec) {
    state.recall(batch, spec);
  }

  /** Takes what recurrent models left; records were added to the features when they were recalled. */
  @Override
  public void remember(Batch batch) {
    state.remember(batch);
  }

  @Override
  public void write() {
    state.write();
  }

  @Override
  public boolean mayHaveIdleKeys(StateSpec spec, long streamTime) {
    return expiry.isDue(spec, streamTime);
  }

  @Override
  public int deleteIdleKeys(StateSpec spec, long streamTime) {
    return expiry.slice(spec, streamTime);
  }

  @Override
  public void close() {
    table.close();
  }
}
