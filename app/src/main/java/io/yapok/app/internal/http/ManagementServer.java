package io.yapok.app.internal.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.yapok.app.internal.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;

/** {@code /health/live}, {@code /health/ready} and {@code /metrics}; nothing on it changes anything. */
public final class ManagementServer implements AutoCloseable {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final WebServer server;
  private final String host;

  private ManagementServer(WebServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts to answer.
   *
   * @param metrics the page in Prometheus' text format, made anew at each request
   * @throws EnvironmentException if the address cannot be listened on
   */
  public static ManagementServer start(ManagementAddress address, Health health, Supplier<String> metrics) {
    requireFree(address);
    WebServer server =
        WebServer.builder().host(address.host()).port(address.port()).shutdownHook(false).routing(routing -> route(routing, health, metrics)).build();
    server.start();
    return new ManagementServer(server, address.host());
  }

  /** Where it listens, with the port that was chosen. */
  public ManagementAddress address() {
    return new ManagementAddress(host, server.port());
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void route(HttpRouting.Builder routing, Health health, Supplier<String> metrics) {
    routing
        .get("/health/live", (request, response) -> answer(response, health.live()))
        .get("/health/ready", (request, response) -> answer(response, health.ready()))
        .get("/metrics", (request, response) -> response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT).send(metrics.get()));
  }

  private static void answer(ServerResponse response, Health.Report report) {
    response
        .status(report.up() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
        .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .send((report.up() ? "up: " : "down: ") + report.reason() + "\n");
  }

  /** The server's own failure to bind comes from another thread with a trace; asking first gives one clear line. */
  private static void requireFree(ManagementAddress address) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "the management port cannot be listened on: " + e.getMessage(), address.toString(), "choose another with --management HOST:PORT, or --management none", e);
    }
  }
}
