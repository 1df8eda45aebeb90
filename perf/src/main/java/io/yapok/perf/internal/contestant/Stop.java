package io.yapok.perf.internal.contestant;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a contestant end in its own order on SIGTERM: the JVM is held open until {@link #close}. */
public final class Stop implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Holds this JVM open from now on. */
  public Stop() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::holdOpen, "stop"));
  }

  /** Whether it should end. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Returns once SIGTERM has come. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Called last by the thread that works, also when it failed. */
  @Override
  public void close() {
    ended.countDown();
  }

  private void holdOpen() {
    asked.countDown();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("the contestant did not end in " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
