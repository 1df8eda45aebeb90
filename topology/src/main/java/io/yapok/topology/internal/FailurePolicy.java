package io.yapok.topology.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread fails: it is replaced, but not for ever; a record that must stop the pipeline stops it, and an error of the JVM itself (out of
 * memory, a broken native library) is handed to whoever can end the process. Called on the failing thread.
 */
public final class FailurePolicy implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);
  private static final int MOST_REPLACEMENTS = 10;
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Runnable counter;
  private final Consumer<Error> onFatal;
  private final Deque<Instant> replacements = new ArrayDeque<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * A policy.
   *
   * @param counter run for each failure
   * @param onFatal given errors of the JVM; meant to end the process
   */
  public FailurePolicy(InstantSource clock, Runnable counter, Consumer<Error> onFatal) {
    this.clock = clock;
    this.counter = counter;
    this.onFatal = onFatal;
  }

  /** What stopped the application; empty while it runs, and if it was closed. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable thrown) {
    counter.run();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof VirtualMachineError || cause instanceof LinkageError) {
        LOG.error("the JVM cannot go on", thrown);
        failure.compareAndSet(null, cause);
        onFatal.accept((Error) cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
      if (cause instanceof RejectedRecordException) {
        LOG.error("stopping: {}", cause.getMessage());
        failure.compareAndSet(null, cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
      }
    }
    return replaceOrStop(thrown);
  }

  private synchronized StreamThreadExceptionResponse replaceOrStop(Throwable thrown) {
    Instant now = clock.instant();
    while (!replacements.isEmpty() && replacements.getFirst().plus(WITHIN).isBefore(now)) {
      replacements.removeFirst();
    }
    if (replacements.size() >= MOST_REPLACEMENTS) {
      LOG.error("stopping: {} stream threads have failed within {}", replacements.size() + 1, WITHIN, thrown);
      failure.compareAndSet(null, thrown);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replacements.addLast(now);
    LOG.warn("a stream thread failed and is replaced", thrown);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
