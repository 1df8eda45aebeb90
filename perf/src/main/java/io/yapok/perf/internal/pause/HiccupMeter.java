package io.yapok.perf.internal.pause;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that sleeps a millisecond at a time and notes how much later it woke: what holds a whole JVM up holds it up too, and so does a machine that has no core
 * free. Runs as an agent inside the JVM under load, and by itself as the control. What it noted is written when the JVM ends.
 */
public final class HiccupMeter {
  private static final long NAP_NANOS = 1_000_000;

  private long[] wakes = new long[1 << 17];
  private int count;

  private HiccupMeter() {}

  /** In the JVM under load, before its own main. */
  public static void premain(String file) {
    start(Path.of(file));
  }

  /** The control: nothing but the meter, until SIGTERM. */
  public static void main(String[] arguments) throws InterruptedException {
    start(Path.of(arguments[0])).join();
  }

  /** The control's main class and arguments. */
  static List<String> command(Path file) {
    return List.of(HiccupMeter.class.getName(), file.toString());
  }

  private static Thread start(Path file) {
    HiccupMeter meter = new HiccupMeter();
    Thread thread = new Thread(meter::run, "hiccup-meter");
    thread.setDaemon(true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> meter.write(file), "hiccup-file"));
    thread.start();
    return thread;
  }

  private void run() {
    long before = System.nanoTime();
    while (true) {
      LockSupport.parkNanos(NAP_NANOS);
      long now = System.nanoTime();
      note(now, Math.max(0, now - before - NAP_NANOS));
      before = now;
    }
  }

  /** Pairs of when it woke and how much too late. */
  private synchronized void note(long now, long late) {
    if (2 * count == wakes.length) {
      wakes = Arrays.copyOf(wakes, 2 * wakes.length);
    }
    wakes[2 * count] = now;
    wakes[2 * count + 1] = late;
    count++;
  }

  private synchronized void write(Path file) {
    Path whole = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(whole)))) {
        for (int i = 0; i < 2 * count; i++) {
          out.writeLong(wakes[i]);
        }
      }
      Files.move(whole, file);
    } catch (IOException e) {
      throw new UncheckedIOException("the hiccups were not written", e);
    }
  }
}
