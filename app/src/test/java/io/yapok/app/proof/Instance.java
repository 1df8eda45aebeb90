package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance as users start it, {@code yapok run} in a JVM with the options that we ship; it can be killed, stopped in its tracks and asked to end. */
final class Instance implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final String RUNNING = "\nrunning ";
  private static final Pattern PROCESS_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final String name;
  private final Process process;
  private final Path log;
  private final long logStart;

  private Instance(String name, Process process, Path log, long logStart) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.logStart = logStart;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // also where a test is broken off
  }

  /**
   * Starts one.
   *
   * @param name of its log file, {@code NAME.log}, and of its state directory, {@code NAME-state}, in this directory; one that is started again appends and goes on there
   * @param more options of {@code run}
   */
  static Instance run(Path directory, String name, Path pipeline, String bootstrapServers, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", pipeline.toString(), "--bootstrap-server", bootstrapServers, "--management", "none", "--threads", "2"));
    arguments.addAll(List.of("--state-dir", directory.resolve(name + "-state").toString()));
    arguments.addAll(List.of(more));
    return start(directory, name, "io.yapok.app.Main", arguments);
  }

  /** Starts another main class, with its arguments and otherwise the same. */
  static Instance start(Path directory, String name, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + shippedOptions(), "-Dlog4j2.configurationFile=classpath:io/yapok/app/proof/log4j2.xml", "-Dyapok.proof.log=" + System.getProperty("yapok.proof.log", "WARN")));
    command.add("-Djava.io.tmpdir=" + temporary(directory)); // each kill leaves the native libraries there that it had unpacked
    command.add(mainClass);
    command.addAll(arguments);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    try {
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      return new Instance(name, builder.start(), log, logStart);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary(Path directory) {
    try {
      return Files.createDirectories(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code app/jvm.options}, whether tests run in the module's directory or above it. */
  private static Path shippedOptions() {
    return Path.of(Files.exists(Path.of("jvm.options")) ? "jvm.options" : "app/jvm.options").toAbsolutePath();
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as Ctrl-C or a container's stop does. Returns when it has. */
  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(name + " does not end within " + PATIENCE_SECONDS + " s of SIGTERM; its log: " + log);
    }
  }

  /** Stops it in its tracks: it does nothing until {@link #resume}, and does not know it. */
  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
      if (status != 0) {
        throw new AssertionError("SIG" + signal + " could not be sent to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Whether it has had partitions since its start and is one of these clients of Kafka, whose names have the id that stands in the state directory.
   *
   * @param applicationId its folder there
   */
  boolean isOneOf(List<String> clientIds, String applicationId) {
    Path metadata = log.resolveSibling(name + "-state").resolve(applicationId).resolve("kafka-streams-process-metadata");
    try {
      Matcher id = PROCESS_ID.matcher(Files.exists(metadata) ? Files.readString(metadata) : "");
      return read().contains(RUNNING) && id.find() && clientIds.stream().anyMatch(client -> client.contains(id.group()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has had partitions since its start. */
  void awaitRunning(Duration patience) throws InterruptedException {
    awaitLog(RUNNING, patience);
  }

  /** Waits until its log has this text. */
  void awaitLog(String text, Duration patience) throws InterruptedException {
    awaitLog(log -> log.contains(text), text, patience);
  }

  /** Waits until its log is so; {@code what} says how, should it not come. */
  void awaitLog(Predicate<String> wanted, String what, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean ended = false;
    while (!wanted.test(read())) { // what it said last is read after its end
      if (System.nanoTime() > deadline || ended) {
        throw new AssertionError(name + " does not say \"" + what + "\"; its log: " + read());
      }
      ended = process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  /** What it has logged since this start. */
  String read() {
    try {
      byte[] all = Files.readAllBytes(log);
      return "\n" + new String(all, (int) logStart, all.length - (int) logStart, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
