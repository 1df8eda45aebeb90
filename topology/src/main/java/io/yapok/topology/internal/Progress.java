package io.yapok.topology.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When an application last committed, and which of its threads has records that it has not committed yet: what tells that it gets on, which its state does not.
 * Written by stream threads once a poll and once a commit, read by health checks.
 */
public final class Progress {
  private final InstantSource clock;
  private final Map<Thread, Instant> waiting = new ConcurrentHashMap<>();
  private volatile long lastCommitMillis = -1;

  public Progress(InstantSource clock) {
    this.clock = clock;
  }

  /** The calling thread has taken records. */
  void polled() {
    if (!waiting.containsKey(Thread.currentThread())) {
      waiting.put(Thread.currentThread(), clock.instant());
    }
  }

  /** The calling thread has committed. */
  void committed() {
    lastCommitMillis = clock.millis();
    waiting.remove(Thread.currentThread());
  }

  /** A task of the calling thread is closed, and what it had not committed is another's to do. */
  void gaveUp() {
    waiting.remove(Thread.currentThread());
  }

  /** The last commit of any thread; empty before the first. */
  public Optional<Instant> lastCommit() {
    long millis = lastCommitMillis;
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Since when a thread has had records without a commit, of all threads the longest; empty if none has. Threads that have ended do not count. */
  public Optional<Instant> waitingSince() {
    waiting.keySet().removeIf(thread -> !thread.isAlive());
    return waiting.values().stream().min(Instant::compareTo);
  }
}
