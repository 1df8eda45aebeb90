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
    RandomGenerator random = RandomGenerator.getDefault();
    for (int tried = 0; tried < TRIES; tried++) {
      int port = random.nextInt(FIRST, END);
      if (port != other && isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedKafkaException(
        "no free port was found in " + TRIES + " tries",
        HOST + ":" + FIRST + " to " + (END - 1),
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
