package io.yapok.perf.internal.contestant;

/** A process that does nothing until SIGTERM. */
final class Nobody {
  private Nobody() {}

  public static void main(String[] none) throws InterruptedException {
    try (Stop stop = new Stop()) {
      stop.await();
    }
  }
}
