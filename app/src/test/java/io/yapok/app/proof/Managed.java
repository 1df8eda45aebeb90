package io.yapok.app.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An instance whose management port is asked how it is. */
final class Managed implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Instance instance;
  private final int port;

  private Managed(Instance instance, int port) {
    this.instance = instance;
    this.port = port;
  }

  static Managed start(Scene scene, Path directory, String name, Path stateDirectory, String bootstrapServers) throws IOException {
    var managed = start(scene.pipeline(), directory, name, stateDirectory, bootstrapServers);
    scene.add(managed.instance);
    return managed;
  }

  /** One of a pipeline without a scene, which its owner ends. */
  static Managed start(Path pipeline, Path directory, String name, Path stateDirectory, String bootstrapServers) throws IOException {
    int port = freePort();
    var arguments =
        List.of("run", pipeline.toString(), "--bootstrap-server", bootstrapServers, "--management", "127.0.0.1:" + port, "--state-dir", stateDirectory.toString());
    return new Managed(Instance.start(directory, name, "io.yapok.app.Main", arguments), port);
  }

  Instance instance() {
    return instance;
  }

  /**
   * Waits until {@code /health/ready} has this status.
   *
   * @return its answer and, in seconds, how long that took
   */
  Answer await(int status, Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    var answer = ask("/health/ready");
    while (answer.status() != status) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError(instance.name() + " is not " + status + " after " + patience + " but " + answer + "; its log: " + instance.read());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      answer = ask("/health/ready");
    }
    var found = new Answer(answer.status(), answer.text(), (System.nanoTime() - start) / 1e9);
    System.out.println(found);
    return found;
  }

  /** Status 0 while nobody listens. */
  Answer ask(String path) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(5)).build();
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body().strip(), 0);
    } catch (IOException e) {
      return new Answer(0, e.toString(), 0);
    }
  }

  record Answer(int status, String text, double seconds) {}

  /** A port of this machine that nobody listens on. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    instance.close();
    client.close();
  }
}
