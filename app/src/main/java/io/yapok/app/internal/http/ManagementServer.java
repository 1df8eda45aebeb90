package io.yapok.app.internal.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.yapok.app.internal.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /health/live}, {@code /health/ready}, {@code /metrics} and, where it is to be shown, {@code /state}; nothing on it changes anything. */
public final class ManagementServer implements AutoCloseable {
  /** Made before Helidon's thread exists: that thread is interrupted at the end, and Log4j, if first used then, stays broken. */
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WebServer server;
  private final String host;

  private ManagementServer(WebServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Starts to answer for health and metrics.
   *
   * @param metrics the page in Prometheus' text format, made anew at each request
   * @throws EnvironmentException if the address cannot be listened on
   */
  public static ManagementServer start(ManagementAddress address, Health health, Supplier<String> metrics) {
    return start(address, health, metrics, Optional.empty());
  }

  /** The same, and for state where there is somebody who answers. */
  public static ManagementServer start(ManagementAddress address, Health health, Supplier<String> metrics, Optional<StateRoutes> state) {
    requireFree(address);
    configureLogging();
    WebServer server =
        WebServer.builder()
            .host(address.host())
            .port(address.port())
            .shutdownHook(false)
            .routing(
                routing -> {
                  route(routing, health, metrics);
                  state.ifPresent(routes -> routes.route(routing));
                })
            .build();
    server.start();
    LOG.debug("listening on {}:{}", address.host(), server.port());
    return new ManagementServer(server, address.host());
  }

  /** Where it listens, with the port that was chosen. */
  public ManagementAddress address() {
    return new ManagementAddress(host, server.port());
  }

  /** Stops. Helidon 4.5.0 waits for ever when it is stopped before its own thread has begun to listen, so this waits for it only so long. */
  @Override
  public void close() {
    Thread stopping = Thread.ofPlatform().daemon().name("yapok-management-stop").start(server::stop);
    try {
      if (!stopping.join(PATIENCE)) {
        stopping.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void route(HttpRouting.Builder routing, Health health, Supplier<String> metrics) {
    routing
        .get("/health/live", (request, response) -> answer(response, health.live()))
        .get("/health/ready", (request, response) -> answer(response, health.ready()))
        .get("/metrics", (request, response) -> response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT).send(metrics.get()));
  }

  /** Helidon logs by java.util.logging, whose own default prints INFO to standard error; the file hands everything to SLF4J instead. */
  private static void configureLogging() {
    try (InputStream settings = ManagementServer.class.getResourceAsStream("/logging.properties")) {
      if (settings != null) {
        LogManager.getLogManager().readConfiguration(settings);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("logging.properties on the class path", e);
    }
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
