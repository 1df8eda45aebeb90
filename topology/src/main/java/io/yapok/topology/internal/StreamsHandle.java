package io.yapok.topology.internal;

import io.yapok.state.BrokenStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * An application's Kafka Streams, made anew where it cannot start because the files of its state are damaged: it opens all that it finds before its threads start,
 * and fails for good if it cannot. Damaged state is deleted, to be restored from its changelog.
 */
public final class StreamsHandle {
  private final Supplier<KafkaStreams> factory;
  private final FailurePolicy failures;
  private final Consumer<KafkaStreams.State> listener;
  private volatile boolean startsAnew;
  private volatile KafkaStreams streams;

  /**
   * Makes one, not started yet.
   *
   * @param failures told what makes threads fail
   * @param listener told of each state, but not of those between a failed start and the next
   */
  public StreamsHandle(Supplier<KafkaStreams> factory, FailurePolicy failures, Consumer<KafkaStreams.State> listener) {
    this.factory = factory;
    this.failures = failures;
    this.listener = listener;
    this.streams = prepared();
  }

  /** The one that runs, or is to. */
  public KafkaStreams streams() {
    return streams;
  }

  /** Starts the stream threads; returns before they have partitions. */
  public void start() {
    Set<BrokenStore> deleted = new HashSet<>();
    Optional<BrokenStore> broken = tryToStart();
    while (broken.isPresent() && deleted.add(broken.get())) {
      FailurePolicy.restoreAnew(broken.get());
      broken = tryAgain();
    }
    if (broken.isPresent()) {
      throw new IllegalStateException("the state in " + broken.get().directory() + " is damaged and cannot be deleted");
    }
  }

  /** The store that was in the way; empty after a start. */
  private Optional<BrokenStore> tryToStart() {
    try {
      streams.start();
      return Optional.empty();
    } catch (StreamsException e) {
      Optional<BrokenStore> broken = BrokenStore.in(e);
      if (broken.isEmpty()) {
        throw e;
      }
      return broken;
    }
  }

  private Optional<BrokenStore> tryAgain() {
    startsAnew = true;
    streams.close();
    streams = prepared();
    startsAnew = false;
    return tryToStart();
  }

  @SuppressWarnings("ReferenceEquality") // it is this very client that counts
  private KafkaStreams prepared() {
    KafkaStreams made = factory.get();
    made.setUncaughtExceptionHandler(failures);
    made.setGlobalStateRestoreListener(new RestoreLog());
    made.setStateListener(
        (now, before) -> {
          if (!startsAnew && made == streams) { // one that was closed may say so late
            listener.accept(now);
          }
        });
    return made;
  }
}
