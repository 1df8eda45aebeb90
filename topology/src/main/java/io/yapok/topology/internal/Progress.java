package io.yapok.topology.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** When an application last committed: what tells that it gets on, which its state does not. Written by stream threads, read by health checks. */
public final class Progress {
  private final InstantSource clock;
  private volatile long lastCommitMillis = -1;

  public Progress(InstantSource clock) {
    this.clock = clock;
  }

  void committed() {
    lastCommitMillis = clock.millis();
  }

  /** The last commit of any thread; empty before the first. */
  public Optional<Instant> lastCommit() {
    long millis = lastCommitMillis;
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
