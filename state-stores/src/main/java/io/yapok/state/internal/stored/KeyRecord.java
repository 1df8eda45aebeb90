package io.yapok.state.internal.stored;

import io.yapok.schemas.Batch;
import io.yapok.state.internal.part.AnswersPart;
import io.yapok.state.internal.part.Part;
import io.yapok.state.internal.part.RecordsPart;
import io.yapok.state.internal.part.TensorPart;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is remembered about one key, at work; used for one key after another. Belongs to one thread. */
public final class KeyRecord {
  private static final long NONE = Long.MIN_VALUE;

  private final StatePlan plan;
  private final RecordsPart[] features;
  private final TensorPart[] tensors;
  private final @Nullable AnswersPart answers;

  /** All of them, in the order in which they are stored. */
  final Part[] parts;

  long clock = NONE;

  /** Which lane of the present batch is its own; given by {@link Lanes}. */
  int lane = Batch.NO_LANE;

  private boolean empty = true;

  /** Of a key that was never seen. */
  public KeyRecord(StatePlan plan) {
    this.plan = plan;
    this.features = plan.features().stream().map(PartPlan::make).toArray(RecordsPart[]::new);
    this.tensors = plan.tensors().stream().map(PartPlan::make).toArray(TensorPart[]::new);
    this.answers = plan.answers() == null ? null : plan.answers().make();
    this.parts = Stream.of(Stream.of(features), Stream.of(tensors), Stream.ofNullable(answers)).flatMap(each -> each).toArray(Part[]::new);
  }

  /** As for a key that was never seen. */
  public void clear() {
    startAnew();
    if (answers != null) {
      answers.clear();
    }
  }

  /** As for a key that was never seen, but for answers: those of a batch's later records have their places before its first is met. */
  public void startAnew() {
    clock = NONE;
    empty = true;
    lane = Batch.NO_LANE;
    for (RecordsPart feature : features) {
      feature.clear();
    }
    for (TensorPart tensor : tensors) {
      tensor.clear();
    }
  }

  /** Whether there is nothing to store. */
  public boolean isEmpty() {
    return empty;
  }

  void filled(long storedClock) {
    clock = storedClock;
    empty = false;
  }

  /** The answers that are kept for duplicates; null where none are. */
  @Nullable AnswersPart answers() {
    return answers;
  }

  /**
   * Shows a record what there is, and adds it.
   *
   * @param ttlMillis after so long without a record everything starts anew; 0 for never
   */
  public void meet(Batch batch, int record, long ttlMillis) {
    long timestamp = batch.timestamp(record);
    if (ttlMillis > 0 && clock != NONE && timestamp - clock > ttlMillis) {
      startAnew();
    }
    long now = Math.max(timestamp, clock);
    for (int i = 0; i < features.length; i++) {
      RecordsPart feature = features[i];
      if (plan.isSeenBefore(i)) {
        feature.show(batch, record, timestamp, now);
        feature.add(batch, record, timestamp, now);
      } else {
        feature.add(batch, record, timestamp, now);
        feature.show(batch, record, timestamp, now);
      }
    }
    clock = now;
    empty = false;
  }

  void recallTensors(Batch batch) {
    for (TensorPart tensor : tensors) {
      tensor.recall(batch, lane);
    }
  }

  void rememberTensors(Batch batch) {
    for (TensorPart tensor : tensors) {
      tensor.remember(batch, lane);
    }
  }

  /** Shows a record that is not answered what a first one would see, so that its rows hold something. */
  public void showEmpty(Batch batch, int record) {
    long timestamp = batch.timestamp(record);
    for (RecordsPart feature : features) {
      feature.show(batch, record, timestamp, timestamp);
    }
  }
}
