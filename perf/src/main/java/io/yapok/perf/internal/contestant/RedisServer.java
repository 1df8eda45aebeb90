package io.yapok.perf.internal.contestant;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis of the system's packages on a port of 127.0.0.1 that keeps everything in memory and writes nothing to disk: as fast as it gets. A child of this JVM. */
public final class RedisServer implements AutoCloseable {
  private static final String PROGRAM = "redis-server";
  private static final int PATIENCE_SECONDS = 10;

  private final Process process;
  private final int port;
  private final Thread hook;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
    this.hook = new Thread(process::destroyForcibly, "end-redis");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The program; empty if it is not on the PATH. */
  public static Optional<Path> program() {
    @Nullable String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path).map(folder -> Path.of(folder, PROGRAM)).filter(Files::isExecutable).findFirst();
  }

  /** Starts one; its log is {@code redis.log} in this directory. */
  static RedisServer start(Path directory) throws IOException {
    Path program = program().orElseThrow(() -> new IOException("there is no " + PROGRAM + " on the PATH"));
    int port = freePort();
    ProcessBuilder command =
        new ProcessBuilder(program.toString(), "--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", "", "--appendonly", "no", "--dir", directory.toString());
    return new RedisServer(command.redirectErrorStream(true).redirectOutput(directory.resolve("redis.log").toFile()).start(), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Connects, as soon as it listens. */
  Jedis connect() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      Jedis client = new Jedis("127.0.0.1", port);
      try {
        client.ping();
        return client;
      } catch (JedisConnectionException e) {
        client.close();
        if (System.nanoTime() > deadline || process.waitFor(50, TimeUnit.MILLISECONDS)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly(); // it has nothing to save
    try {
      process.waitFor();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException shuttingDown) {
      // the hook is running, or has, and does the same
    }
  }
}
