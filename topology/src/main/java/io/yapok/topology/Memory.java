package io.yapok.topology;

import io.yapok.schemas.Batch;
import io.yapok.schemas.StateSpec;
import io.yapok.state.Repetition;
import io.yapok.state.StateTable;
import io.yapok.state.StoredAnswer;
import io.yapok.topology.internal.TableMemory;
import org.jspecify.annotations.Nullable;

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
        public void recall(Batch batch, StateSpec spec) {}

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
   * @param spec of the batch's layout; the same for all batches of a run
   */
  void recall(Batch batch, StateSpec spec);

  /** A batch is about to be decoded. */
  default void beginBatch() {}

  /** Whether the record that was decoded last repeats one of its key; if that was answered, its rows have been taken back. */
  default Repetition repetition(Batch batch, StateSpec spec) {
    return Repetition.NONE;
  }

  /** What a record of the present batch is answered since its like was; null if it has an answer of its own. */
  default @Nullable StoredAnswer earlier(int record) {
    return null;
  }

  /** Keeps what a record of the present batch was answered, for its duplicates. */
  default void answered(int record, StoredAnswer answer) {}

  /** Notes what the batch's records add, for later ones of the same run to see; stores nothing yet. */
  void remember(Batch batch);

  /** Stores what was remembered since {@link #begin}, once a key. Called last, when everything else has succeeded. */
  void write();

  /**
   * Whether keys may have been idle for so long that they are to be deleted. Asked after each run.
   *
   * @param spec of the steps that run now
   * @param streamTime the largest timestamp of any record so far
   */
  default boolean mayHaveIdleKeys(StateSpec spec, long streamTime) {
    return false;
  }

  /** Deletes some of these keys, between two runs, and says how many. The caller asks {@link #mayHaveIdleKeys} whether there may be more. */
  default int deleteIdleKeys(StateSpec spec, long streamTime) {
    return 0;
  }

  /** Frees what it keeps beside what is stored; not used afterwards. */
  default void close() {}
}
