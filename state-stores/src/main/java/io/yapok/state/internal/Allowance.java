package io.yapok.state.internal;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that the caches of an application's stores may take together. For any thread. */
public final class Allowance {
  /** For stores that cache nothing. */
  public static final Allowance NONE = new Allowance(0);

  private final long bytes;
  private final AtomicLong left;

  /** An allowance of so many bytes. */
  public Allowance(long bytes) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** Takes bytes, if so many are left. */
  boolean take(long wanted) {
    return left.getAndUpdate(now -> now >= wanted ? now - wanted : now) >= wanted;
  }

  void give(long back) {
    left.addAndGet(back);
  }

  /** What is taken now. */
  long taken() {
    return bytes - left.get();
  }
}
