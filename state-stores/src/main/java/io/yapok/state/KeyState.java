package io.yapok.state;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.StateSpec;
import io.yapok.state.internal.BatchKeys;
import io.yapok.state.internal.part.LateValues;
import io.yapok.state.internal.stored.KeyRecord;
import io.yapok.state.internal.stored.Lanes;
import io.yapok.state.internal.stored.Repeats;
import io.yapok.state.internal.stored.StatePlan;
import io.yapok.state.internal.stored.StoredStates;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered per key, over batches. A run is {@link #begin}, {@link #recall} and {@link #remember} for each of its batches before and after their steps, and {@link #write} when all has
 * succeeded; a run that failed is followed by the next one's {@code begin}. By the thread that owns the batches and the table.
 *
 * <p><b>Which records count.</b> Every record that was decoded and has a key counts, in order, also one that a later step rejects: a record sees all earlier ones of its
 * key that counted, in this batch or another. Whether a step rejects is not known when the next record of the key is looked at, so any other rule would make answers
 * depend on where a poll happened to cut the batches. Records that decoding rejected, or that have no key, do not count. A tombstone that is passed on makes its key one
 * that was never seen.
 *
 * <p>Time is the records' own. What every feature is, to the bit, stands in {@code docs/state.md}.
 */
public final class KeyState {
  private final StateTable table;
  private final LateCounts lateCounts;
  private @Nullable Planned planned;

  /** What belongs to the steps that ran last. */
  private record Planned(StateSpec spec, StoredStates stored, BatchKeys keys, Lanes lanes, KeyRecord unseen, @Nullable Repeats repeats) {}

  /** Remembers into a table, which its owner closes. */
  public KeyState(StateTable table) {
    this(table, new LateCounts());
  }

  /**
   * Remembers into a table, which its owner closes.
   *
   * @param lateCounts counts what became of values that came after their window
   */
  public KeyState(StateTable table, LateCounts lateCounts) {
    this.table = table;
    this.lateCounts = lateCounts;
  }

  /** Forgets what was learnt since the last {@link #write}. */
  public void begin() {
    if (planned != null) {
      planned.keys.clear();
      planned.lanes.clear();
      beginBatch();
    }
  }

  /** Forgets which records of the batch before repeat others. */
  public void beginBatch() {
    if (planned != null && planned.repeats != null) {
      planned.repeats.clear();
    }
  }

  /**
   * Whether the record that was decoded last repeats one of its key ({@code state.dedupe}). If that was answered, the record's rows are taken back: {@link #earlier} has its
   * answer, and {@link #recall} passes it over.
   */
  public Repetition repetition(Batch batch, StateSpec spec) {
    int record = batch.records() - 1;
    Planned plan = plan(batch, spec);
    if (plan.repeats == null || batch.isRejected(record) || refusal(batch, record) != null) {
      return Repetition.NONE;
    }
    KeyRecord key = record(plan, batch.key(record));
    if (batch.value(record) == null) {
      plan.repeats.forget(key);
      return Repetition.NONE;
    }
    return plan.repeats.look(batch, record, key);
  }

  /** What a record of the present batch is answered since its like was; null if it has an answer of its own. */
  public @Nullable StoredAnswer earlier(int record) {
    return planned == null || planned.repeats == null ? null : planned.repeats.earlier(record);
  }

  /** Keeps what a record of the present batch was answered, for its duplicates. */
  public void answered(int record, StoredAnswer answer) {
    if (planned != null && planned.repeats != null) {
      planned.repeats.answered(record, answer);
    }
  }

  /**
   * Fills the state columns of all rows, as if the records had come one by one, and keeps what they lead to. Reads each key of a run once and writes nothing to the table.
   * Rejects records without a key ({@link RejectReason#NULL_KEY}) and such whose key is kept for the store itself; their rows get the values of a first record.
   *
   * @param spec of the batch's layout; the same for all batches of a run
   * @throws IllegalStateException if the table holds a value of an unknown format
   */
  public void recall(Batch batch, StateSpec spec) {
    Planned plan = plan(batch, spec);
    batch.reserveRows(batch.rows());
    plan.lanes.clear();
    for (int record = 0; record < batch.records(); record++) {
      Reject refused = refusal(batch, record);
      if (refused != null) {
        batch.reject(record, refused);
      }
      if (batch.isRejected(record)) {
        plan.unseen.showEmpty(batch, record);
      } else if (batch.value(record) == null) {
        record(plan, batch.key(record)).startAnew();
      } else if (plan.repeats == null || plan.repeats.earlier(record) == null) { // a duplicate has no rows, and does not count
        KeyRecord known = record(plan, batch.key(record));
        known.meet(batch, record, spec.ttlMillis());
        plan.lanes.assign(batch, record, known);
      }
    }
  }

  /** Takes what the steps left for the keys of the batch that was recalled last. */
  public void remember(Batch batch) {
    if (planned != null) {
      planned.lanes.remember(batch);
    }
  }

  private static @Nullable Reject refusal(Batch batch, int record) {
    byte[] key = batch.key(record);
    if (key == null) {
      return new Reject(RejectReason.NULL_KEY, Reject.STATE, "", "the pipeline remembers by key, and the record has none");
    }
    return StateCodec.isReserved(key) ? new Reject(RejectReason.RESERVED_KEY, Reject.STATE, "", "the key begins as those do under which the store keeps its schemas") : null;
  }

  /** Puts what the run's records have led to: one put a key, in the order in which keys came. The last thing done with a run before it is committed. */
  public void write() {
    Planned plan = planned;
    if (plan == null) {
      return;
    }
    for (int entry = 0; entry < plan.keys.size(); entry++) {
      plan.stored.write(plan.keys.key(entry), plan.keys.record(entry));
    }
    table.flush();
    plan.keys.clear();
  }

  private static KeyRecord record(Planned plan, byte @Nullable [] given) {
    byte[] key = Objects.requireNonNull(given); // the others were refused
    int found = plan.keys.find(key);
    if (found >= 0) {
      return plan.keys.record(found);
    }
    KeyRecord record = plan.keys.record(plan.keys.add(key));
    plan.stored.read(key, record);
    return record;
  }

  @SuppressWarnings("ReferenceEquality") // asked once a batch; a spec belongs to its steps, which are replaced as a whole
  private Planned plan(Batch batch, StateSpec spec) {
    Planned known = planned;
    if (known == null || known.spec != spec) {
      LateValues late = lateCounts.by(spec.late());
      StatePlan plan = new StatePlan(spec, batch.layout(), late);
      Repeats repeats = spec.dedupe() == null ? null : new Repeats(spec.dedupe());
      known = new Planned(spec, new StoredStates(table, plan), new BatchKeys(() -> new KeyRecord(plan)), new Lanes(), new KeyRecord(plan), repeats);
      planned = known;
    }
    return known;
  }
}
