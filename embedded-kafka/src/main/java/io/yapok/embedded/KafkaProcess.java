package io.yapok.embedded;

import io.yapok.embedded.internal.Quorum;
import io.yapok.embedded.internal.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EmbeddedKafka} in a child JVM of this one's class path and Java: its garbage collections
 * and its CPU time are its own, and it can be killed. It ends by itself when this JVM does.
 */
public final class KafkaProcess implements KafkaCluster {
  private static final String READY = "ready ";
  private static final int PATIENCE_SECONDS = 30;

  private final Process process;
  private final String bootstrapServers;

  private KafkaProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts to describe a broker: temporary, on a free port, with a heap of 512 MiB. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The child's process id. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    Topics.create(bootstrapServers, name, partitions, configs);
  }

  /** Ends it as a power cut would, and returns when it is gone. Temporary data stay behind. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops it cleanly; kills it if it takes over 30 seconds. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close(); // the end of its standard input
    } catch (IOException e) {
      process.destroy(); // it has closed its end already, or is gone
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What the child should be like. For one thread. */
  public static final class Builder {
    /** The last one because Kafka unmaps its files by the way that JDK 25 warns of. */
    private static final String[] OPTIONS = {
      "-Xmx512m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow"
    };

    private static final int FIRST_LINES = 5;

    private final List<String> arguments = new ArrayList<>();
    private final List<String> options = new ArrayList<>(List.of(OPTIONS));
    private @Nullable Path log;

    private Builder() {}

    /** Keeps data in {@code path}; see {@link EmbeddedKafka.Builder#dataDirectory}. */
    public Builder dataDirectory(Path path) {
      arguments.addAll(List.of("--data", path.toString()));
      return this;
    }

    /** Listens for clients on this port; 0 is any free one. */
    public Builder port(int wanted) {
      arguments.addAll(List.of("--port", Integer.toString(wanted)));
      return this;
    }

    /** Makes it a node of a cluster; it is ready only when enough others are. */
    Builder quorum(Quorum quorum) {
      arguments.addAll(List.of("--quorum", quorum.toString()));
      return this;
    }

    /** Sets one of Kafka's broker settings. */
    public Builder setting(String key, String value) {
      arguments.add(key + "=" + value);
      return this;
    }

    /** Adds an option of the child's JVM, after ours, so that it wins. */
    public Builder jvmOption(String option) {
      options.add(option);
      return this;
    }

    /** Appends what the child logs to a file; without one it goes where this JVM's errors go. */
    public Builder log(Path file) {
      log = file;
      return this;
    }

    /**
     * Starts the child and returns when clients can connect.
     *
     * @throws EmbeddedKafkaException if it ended instead; says why, as far as a file has its log
     */
    public KafkaProcess start() {
      ChildLog childLog = new ChildLog(log);
      try {
        Process process = processBuilder().redirectError(childLog.redirect()).start();
        return new KafkaProcess(process, awaitReady(process, childLog));
      } catch (IOException e) {
        throw failure("a JVM for the broker did not start (" + e.getMessage() + ")", childLog, e);
      }
    }

    private ProcessBuilder processBuilder() {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(options);
      @Nullable String logging = System.getProperty("log4j2.configurationFile");
      if (logging != null) {
        command.add("-Dlog4j2.configurationFile=" + logging);
      }
      command.add(EmbeddedKafkaMain.class.getName());
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      // in the environment, since a class path can be longer than a command line should be
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      return builder;
    }

    private static String awaitReady(Process process, ChildLog log) throws IOException {
      @SuppressWarnings("resource") // closing it would close the child's standard output
      BufferedReader lines = process.inputReader();
      List<String> why = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          return line.substring(READY.length());
        }
        if (why.size() < FIRST_LINES) {
          why.add(line); // the JVM itself says here that it lacks memory, or crashes
        }
      }
      int code = process.destroyForcibly().onExit().join().exitValue(); // it has ended, or else is of no use
      why.addAll(log.lastLines());
      String said = why.isEmpty() ? "" : ": " + String.join(" | ", why);
      throw failure("the broker's process ended before it was ready (exit code " + code + said + ")", log, null);
    }

    private static EmbeddedKafkaException failure(String what, ChildLog log, @Nullable Throwable cause) {
      return new EmbeddedKafkaException(what, log.toString(), "see what it says there", cause);
    }
  }
}
