package io.yapok.app.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the management port listens.
 *
 * @param host 127.0.0.1 unless the user says otherwise
 * @param port 0 is any free one
 */
public record ManagementAddress(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";

  public ManagementAddress {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a management address is HOST:PORT or PORT with a port from 0 to 65535");
    }
  }

  /**
   * Reads {@code PORT} or {@code HOST:PORT}, an IPv6 host in brackets.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static ManagementAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : withoutBrackets(text.substring(0, colon));
    try {
      return new ManagementAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a management address is HOST:PORT or PORT, not " + text, e);
    }
  }

  /** Whether only this machine's own processes reach it. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** An IPv6 address stands in brackets where a port follows. */
  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
