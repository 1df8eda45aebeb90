package io.yapok.embedded.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps Kafka from ending the JVM while a broker starts. Its controller answers a failed start, a port
 * that was snatched away for one, with {@code Runtime.halt}: no message, no hook, no exception. Kafka
 * has this one switch for the whole JVM, so brokers start one after another.
 */
final class HaltGuard implements AutoCloseable {
  private static final Semaphore ONE_AT_A_TIME = new Semaphore(1);

  private final AtomicBoolean tripped = new AtomicBoolean();

  private HaltGuard() {}

  /** Waits for other brokers that are starting, then guards until {@link #close()}. */
  static HaltGuard open() {
    ONE_AT_A_TIME.acquireUninterruptibly();
    HaltGuard guard = new HaltGuard();
    Exit.setHaltProcedure((status, message) -> guard.tripped.set(true));
    Exit.setExitProcedure((status, message) -> guard.tripped.set(true));
    return guard;
  }

  /** True if Kafka wanted to end the JVM. */
  boolean tripped() {
    return tripped.get();
  }

  @Override
  public void close() {
    Exit.resetHaltProcedure();
    Exit.resetExitProcedure();
    ONE_AT_A_TIME.release();
  }
}
