package io.yapok.topology;

import io.yapok.schemas.Batch;
import io.yapok.schemas.StateColumn;
import io.yapok.state.StateTable;
import io.yapok.topology.internal.TableMemory;
import java.util.List;

/**
 * What a pipeline remembers for each key, seen from a batch. Belongs to one thread. A run calls {@link #begin}, then {@link #recall} and {@link #remember} for
 * each batch in turn, then {@link #write}; a run that fails is followed by the next one's {@link #begin}.
 */
public interface Memory {
  /** For pipelines without state. */
  Memory NONE =
      new Memory() {
        @Override
        public void begin() {}

        @Override
        public void recall(Batch batch, List<StateColumn> columns) {}

        @Override
        public void remember(Batch batch) {}

        @Override
        public void write() {}
      };

  /** A memory in this JVM's heap, gone with it: for the {@code score} command, tests and benchmarks. */
  static Memory inHeap() {
    return new TableMemory(StateTable.inMemory());
  }

  /** Forgets what was remembered since the last {@link #write}. */
  void begin();

  /**
   * Fills the state columns of every record that is not rejected, as if the records had come one by one, and rejects records without a key.
   *
   * @param columns of the batch's layout
   */
  void recall(Batch batch, List<StateColumn> columns);

  /** Notes what the batch's records add, for later ones of the same run to see; stores nothing yet. */
  void remember(Batch batch);

  /** Stores what was remembered since {@link #begin}, once a key. Called last, when everything else has succeeded. */
  void write();
}
