package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.BenchException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A contestant's process. It ends with this JVM at the latest, unless that is killed. */
public final class ChildJvm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;
  private static final int SHOWN_LOG_LINES = 20;
  private static final String PEAK = "VmHWM:";

  private final Process process;
  private final Path log;
  private final long startNanos;
  private final Thread hook;

  private ChildJvm(Process process, Path log, long startNanos) {
    this.process = process;
    this.startNanos = startNanos;
    this.log = log;
    this.hook = new Thread(process::destroy, "end-contestant");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts one on this JVM's Java and class path.
   *
   * @param command main class and arguments
   * @param log where everything that it prints goes
   */
  public static ChildJvm start(List<String> jvmOptions, List<String> command, Path log) throws IOException {
    return start(jvmOptions, command, System.getProperty("java.class.path"), log);
  }

  /** Starts one on this JVM's Java and a class path of its own. */
  static ChildJvm start(List<String> jvmOptions, List<String> command, String classPath, Path log) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmOptions);
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line);
    // in the environment, since a class path can be longer than a command line should be
    builder.environment().put("CLASSPATH", classPath);
    return start(builder, log);
  }

  /** Starts a command that is a JVM, or becomes one. */
  public static ChildJvm start(ProcessBuilder command, Path log) throws IOException {
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    long before = System.nanoTime();
    return new ChildJvm(command.start(), log, before);
  }

  /** {@link System#nanoTime} just before the process was made. */
  public long startNanos() {
    return startNanos;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Processor time that it and its children have used so far, in user and kernel mode, by all of their threads. */
  public Duration cpu() {
    return processes().flatMap(each -> each.info().totalCpuDuration().stream()).reduce(Duration.ZERO, Duration::plus);
  }

  /** The most memory that it has held at once, and its children, in bytes; NaN where the system does not say (it is read from /proc). */
  public double peakResidentBytes() {
    return processes().mapToDouble(each -> peakResidentBytes(each.pid())).sum();
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static double peakResidentBytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Long.parseLong(line.substring(PEAK.length()).replace("kB", "").strip()) * 1024.0)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN; // no Linux
    }
  }

  /**
   * Waits, unless it ends meanwhile.
   *
   * @throws BenchException with the end of its log if it has ended
   */
  public void awaitWhileAlive(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("a contestant ended by itself with " + process.exitValue());
    }
  }

  /** Writes a line to its standard input, which then ends. */
  public void tell(String line) throws IOException {
    try (BufferedWriter input = process.outputWriter(StandardCharsets.US_ASCII)) {
      input.write(line);
      input.newLine();
    }
  }

  /**
   * Waits until it ends by itself.
   *
   * @throws BenchException if it does not in that time, or ends with another code than 0
   */
  public void awaitEnd(Duration time) throws InterruptedException {
    if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw failure("a process did not end within " + time.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw failure("a process ended with " + process.exitValue());
    }
  }

  /**
   * Waits, or until it ends as it should.
   *
   * @throws BenchException with the end of its log if it has failed
   */
  void awaitUnlessEnded(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() != 0) {
      throw failure("a contestant ended with " + process.exitValue());
    }
  }

  /** What to throw when it does not do what it should; its log's end is in the message. */
  public BenchException failure(String what) {
    return new BenchException(what, log.getFileName() + " says:" + tail(), "see what it says");
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return " " + String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
    } catch (IOException e) {
      return " nothing that can be read";
    }
  }

  /** Asks it to end and waits; kills it after 30 seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException shuttingDown) {
      process.destroyForcibly(); // the hook is running, or has
    }
  }
}
