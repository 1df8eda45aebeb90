package io.yapok.app.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long-running command end in its own order when the JVM is asked to stop. Ctrl-C and SIGTERM raise the signal and then hold the JVM open until the
 * command has closed it: a JVM that halts while a model session is being made or a store is being closed crashes in native code.
 */
public final class StopSignal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CountDownLatch raised = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::holdOpen, "yapok-stop");

  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Asks the command to end; any thread, any number of times. */
  public void raise() {
    raised.countDown();
  }

  public boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Waits until the signal is raised. */
  public void await() throws InterruptedException {
    raised.await();
  }

  /** Waits until the signal is raised or the time is up; true if it was raised. */
  public boolean await(Duration time) throws InterruptedException {
    return raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Says that everything is closed: the JVM may end now. Called by the command's thread, last. */
  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      raised.countDown(); // the JVM is ending already and the hook has just been let go
    }
  }

  private void holdOpen() {
    raise();
    try {
      if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("error: the pipeline did not close within " + PATIENCE.toSeconds() + " s, this process, it ends now and another instance takes over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
