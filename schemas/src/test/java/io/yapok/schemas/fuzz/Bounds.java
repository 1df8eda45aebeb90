package io.yapok.schemas.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What reading an input, or writing its result, may cost: a second of the thread's own processor time and 256 MB of memory, garbage included. */
public final class Bounds {
  private static final long NANOS = 1_000_000_000;
  private static final long BYTES = 256L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Bounds() {}

  /** Has the target read the input. What is dear is read again before it counts: the first time, classes may have been loaded. */
  public static void read(FuzzTarget target, byte[] input) {
    try {
      target.read(input);
    } catch (Dear e) {
      target.read(input);
    }
  }

  /**
   * Does what an input may cost so much for. Called by targets.
   *
   * @throws AssertionError if it costs more
   */
  public static <T> T within(Supplier<T> work) {
    long nanos = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    T done = work.get();
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    if (bytes > BYTES || nanos > NANOS) {
      throw new Dear(bytes, nanos);
    }
    return done;
  }

  private static final class Dear extends AssertionError {
    private static final long serialVersionUID = 1L;

    private Dear(long bytes, long nanos) {
      super("an input took %,d bytes and %,d ms".formatted(bytes, nanos / 1_000_000));
    }
  }
}
