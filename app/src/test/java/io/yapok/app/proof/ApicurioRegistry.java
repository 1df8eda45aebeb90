package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Apicurio's registry in a JVM of its own, which speaks Confluent's API and keeps its schemas in a file. The build's profile {@code proof} unpacks it. Producers talk to it by plain HTTP. */
final class ApicurioRegistry implements AutoCloseable {
  private static final Path HOME = Path.of("target", "apicurio").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final int port;
  private Process process;

  /** Starts one with its data in this directory; returns when it answers. */
  ApicurioRegistry(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.port = Managed.freePort();
    start();
  }

  /** Starts it again, with what it had. */
  void start() throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx300m",
            "-XX:TieredStopAtLevel=1",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1", // all interfaces, if left out
            "-Dquarkus.management.port=" + Managed.freePort(),
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=h2",
            "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("registry"),
            "-jar",
            HOME.resolve("quarkus-run.jar").toString());
    process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("registry.log").toFile())).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("the registry does not answer; see " + directory.resolve("registry.log"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** Where its part with Confluent's API is. */
  String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** Registers a schema for a topic's values, and answers its id. */
  int register(String topic, String schema) throws IOException, InterruptedException {
    String body = "{\"schema\":\"" + schema.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    var request = HttpRequest.newBuilder(URI.create(url() + "/subjects/" + topic + "-value/versions")).header("Content-Type", "application/vnd.schemaregistry.v1+json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    String answer = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)).body();
    var id = ID.matcher(answer);
    if (!id.find()) {
      throw new AssertionError("the registry does not take a schema: " + answer);
    }
    return Integer.parseInt(id.group(1));
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private boolean answers() throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(URI.create(url() + "/schemas/types")).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
