package io.yapok.state.internal.stored;

import io.yapok.schemas.Batch;
import io.yapok.state.internal.part.AnswersPart;
import io.yapok.state.internal.part.Part;
import io.yapok.state.internal.part.TensorPart;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is remembered about one key, at work; used for one key after another. Belongs to one thread. */
public final class KeyRecord {
  private static final long NONE = Long.MIN_VALUE;

  private final StatePlan plan;
  final Part[] parts;
  private final TensorPart[] tensors;
  long clock = NONE;

  /** Which lane of the present batch is its own; given by {@link Lanes}. */
  int lane = Batch.NO_LANE;

  private boolean empty = true;

  /** Of a key that was never seen. */
  public KeyRecord(StatePlan plan) {
    this.plan = plan;
    this.parts = new Part[plan.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = plan.newPart(i);
    }
    this.tensors = Arrays.stream(parts).filter(TensorPart.class::isInstance).map(TensorPart.class::cast).toArray(TensorPart[]::new);
  }

  /** As for a key that was never seen. */
  public void clear() {
    startAnew();
    AnswersPart answers = answers();
    if (answers != null) {
      answers.clear();
    }
  }

  /** As for a key that was never seen, but for answers: those of a batch's later records have their places before its first is met. */
  public void startAnew() {
    clock = NONE;
    empty = true;
    lane = Batch.NO_LANE;
    for (Part part : parts) {
      if (!(part instanceof AnswersPart)) {
        part.clear();
      }
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
    return parts.length > 0 && parts[parts.length - 1] instanceof AnswersPart answers ? answers : null;
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
    for (int i = 0; i < parts.length; i++) {
      Part part = parts[i];
      if (plan.isSeenBefore(i)) {
        part.show(batch, record, timestamp, now);
        part.add(batch, record, timestamp, now);
      } else {
        part.add(batch, record, timestamp, now);
        part.show(batch, record, timestamp, now);
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
    for (Part part : parts) {
      part.show(batch, record, timestamp, timestamp);
    }
  }
}
