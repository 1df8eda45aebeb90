package io.yapok.app.proof;

import io.yapok.app.internal.registry.RegistryProcess;
import java.net.URI;
import java.nio.file.Path;

/** The registry of {@code dev --registry} on one port, with its schemas in a file: it can be killed, and started again with what it had. */
final class ApicurioRegistry implements AutoCloseable {
  /** Where the build's profile {@code proof} unpacks it. */
  static final Path HOME = Path.of("target", "apicurio");

  private final Path directory;
  private RegistryProcess process;

  /** Starts one with its data in this directory; returns when it answers. */
  ApicurioRegistry(Path directory) throws InterruptedException {
    this.directory = directory;
    this.process = start(directory, 0);
  }

  private static RegistryProcess start(Path directory, int port) throws InterruptedException {
    RegistryProcess started = RegistryProcess.start(HOME, port, directory.resolve("registry-tmp"), directory);
    started.awaitAnswer(() -> false);
    return started;
  }

  /** Starts it again. */
  void start() throws InterruptedException {
    process = start(directory, URI.create(url()).getPort());
  }

  /** Where its part with Confluent's API is. */
  String url() {
    return process.url();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
