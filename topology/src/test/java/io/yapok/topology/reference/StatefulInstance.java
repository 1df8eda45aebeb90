package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.topology.Pipeline;
import io.yapok.topology.RunningPipeline;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.Yapok;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Pipelines in a JVM of their own, to be killed or to end with their standard input: {@code BOOTSTRAP STATE-DIRECTORY DOCUMENT...}. */
public final class StatefulInstance implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final long logStart;

  private StatefulInstance(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // also where a test is broken off
  }

  public static void main(String[] arguments) throws IOException {
    var open = new ArrayList<AutoCloseable>();
    for (var document : List.of(arguments).subList(2, arguments.length)) {
      var pipeline = Pipeline.load(Path.of(document));
      var options = StreamOptions.of(arguments[0], pipeline.document().name().value()).withStateDirectory(Path.of(arguments[1]));
      var running = Yapok.stream(pipeline, Map.of("session.timeout.ms", "6000"), options);
      open.addAll(List.of(running, pipeline));
      running.onStateChange(System.out::println);
      running.start();
    }
    System.in.transferTo(OutputStream.nullOutputStream());
    open.forEach(StatefulInstance::close);
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) { // whatever a close declares
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts one.
   *
   * @param name of its log file and its state directory in this directory; one that is started again goes on there
   */
  static StatefulInstance start(Path directory, String name, String bootstrapServers, List<Path> documents) {
    var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.add("-Djava.io.tmpdir=" + directory.resolve("tmp")); // each kill leaves the native libraries there that it had unpacked
    command.addAll(List.of(StatefulInstance.class.getName(), bootstrapServers, directory.resolve(name + "-state").toString()));
    documents.forEach(document -> command.add(document.toString()));
    var log = directory.resolve(name + ".log");
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      Files.createDirectories(directory.resolve("tmp"));
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      return new StatefulInstance(builder.start(), log, logStart);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until one of its pipelines has had partitions since this start. */
  void awaitRunning(Duration patience) throws IOException, InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!said().contains(RunningPipeline.State.RUNNING.toString())) {
      if (System.nanoTime() > until || process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the instance does not run: " + said());
      }
    }
  }

  private String said() throws IOException {
    var all = Files.readAllBytes(log);
    return new String(all, (int) logStart, all.length - (int) logStart, UTF_8);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it in good order, and returns when it is gone. */
  void stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
