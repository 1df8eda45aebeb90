package io.yapok.embedded.internal;

import io.yapok.embedded.EmbeddedKafkaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds out which ports of the loopback address are free. */
public final class Ports {
  /** The only address that an embedded broker listens on. */
  public static final String HOST = "127.0.0.1";

  /** Below what systems hand out to outgoing connections, which would race with us for a port. */
  private static final int FIRST = 20_000;

  /** From here on only {@link #anyToKeep}, since others must not take a port while a killed node leaves it free. */
  private static final int FIRST_TO_KEEP = 30_000;

  private static final int END = 32_768;
  private static final int TRIES = 1_000;

  private Ports() {}

  /**
   * Answers {@code port}, which is free now.
   *
   * @throws EmbeddedKafkaException if it is taken
   */
  public static int requireFree(int port) {
    try {
      bindAndRelease(port);
      return port;
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "the port is taken or not allowed",
          HOST + ":" + port,
          "stop what listens there or choose another port",
          e);
    }
  }

  /** A port that is free now and is not {@code other}. */
  public static int anyFreeBut(int other) {
    return anyFree(FIRST, FIRST_TO_KEEP, other);
  }

  /** A port that is free now and that {@link #anyFreeBut} never answers, for whoever comes back to it. */
  public static int anyToKeep() {
    return anyFree(FIRST_TO_KEEP, END, 0);
  }

  private static int anyFree(int first, int end, int other) {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int tried = 0; tried < TRIES; tried++) {
      int port = random.nextInt(first, end);
      if (port != other && isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedKafkaException(
        "no free port was found in " + TRIES + " tries",
        HOST + ":" + first + " to " + (end - 1),
        "stop something that listens there or give a port",
        null);
  }

  private static boolean isFree(int port) {
    try {
      bindAndRelease(port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void bindAndRelease(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
    }
  }
}
