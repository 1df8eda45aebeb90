package io.yapok.app.internal.registry;

import io.yapok.app.internal.EnvironmentException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Apicurio's schema registry, which speaks Confluent's API, in a JVM of its own that ends when this one does. It listens on 127.0.0.1 only. For one thread. */
public final class RegistryProcess implements AutoCloseable {
  /** The system property with the directory that Apicurio's distribution was unpacked in; the launcher sets it. */
  public static final String HOME = "yapok.registry.home";

  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int END_SECONDS = 10;

  private final Process process;
  private final int port;
  private final Path log;

  private RegistryProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Where the distribution is.
   *
   * @throws EnvironmentException if nobody has fetched it
   */
  public static Path home() {
    String home = System.getProperty(HOME);
    if (home == null || !Files.isDirectory(Path.of(home))) {
      throw new EnvironmentException("no schema registry is installed here", home == null ? HOME : home, "start ./yapok in a clone, which fetches one, or write where yours is: kafka: {schema.registry.url: ...}");
    }
    return Path.of(home);
  }

  /**
   * Starts one; {@link #awaitAnswer} says when it is there. What it logs goes to {@code registry.log} beside its distribution.
   *
   * @param wanted port; 0 for any free one
   * @param temporary a directory for its temporary files
   * @param data where its schemas are kept; null for in memory
   * @throws EnvironmentException if the port is taken
   */
  public static RegistryProcess start(Path home, int wanted, Path temporary, @Nullable Path data) {
    int port = free(wanted);
    Path log = home.toAbsolutePath().resolveSibling("registry.log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command(home, port, temporary, data)).redirectErrorStream(true).redirectOutput(log.toFile());
      return new RegistryProcess(builder.start(), port, log);
    } catch (IOException e) {
      throw new EnvironmentException("a JVM for the schema registry did not start: " + e.getMessage(), home.toString(), "free memory and disk space", e);
    }
  }

  private static List<String> command(Path home, int port, Path temporary, @Nullable Path data) throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx300m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Djava.io.tmpdir=" + temporary,
        "-Dquarkus.http.host=" + HOST,
        "-Dquarkus.http.port=" + port,
        "-Dquarkus.management.host=" + HOST, // all interfaces, if left out
        "-Dquarkus.management.port=0",
        "-Dapicurio.rules.global.compatibility=BACKWARD", // as Confluent's; none, if left out
        "-Dapicurio.storage.kind=sql",
        "-Dapicurio.storage.sql.kind=h2",
        "-Dapicurio.datasource.url=jdbc:h2:" + (data == null ? "mem:registry" : "file:" + data.toAbsolutePath().resolve("registry")),
        "-cp",
        ourClass(temporary) + File.pathSeparator + home.resolve("quarkus-run.jar").toAbsolutePath(),
        RegistryMain.class.getName());
  }

  /** A directory with our one class: the jar that it is in brings all that we run with, and Apicurio would find loggers and the like there. */
  private static Path ourClass(Path temporary) throws IOException {
    Path classes = temporary.resolve("classes");
    String name = RegistryMain.class.getName().replace('.', '/') + ".class";
    try (InputStream bytes = Objects.requireNonNull(RegistryMain.class.getResourceAsStream("/" + name))) {
      Path file = classes.resolve(name);
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return classes;
  }

  private static int free(int wanted) {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EnvironmentException("the schema registry's port is taken or not allowed", HOST + ":" + wanted, "stop what listens there or give another --registry-port", e);
    }
  }

  /**
   * Waits until it answers, which takes seconds.
   *
   * @param stopped whether nobody wants it any more
   * @return false if so
   * @throws EnvironmentException if it ends, or does not answer within two minutes
   */
  public boolean awaitAnswer(BooleanSupplier stopped) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!answers(client)) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new EnvironmentException("the schema registry " + (process.isAlive() ? "does not answer" : "ended before it answered"), url(), "see what it says in " + log);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    return true;
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/schemas/types")).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** Where its part with Confluent's API is: what clients take as {@code schema.registry.url}. */
  public String url() {
    return "http://" + HOST + ":" + port + "/apis/ccompat/v7";
  }

  /** Ends it as {@code kill -9} does, and returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops it cleanly, so that what it keeps is on disk; kills it if that takes over 10 seconds. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
