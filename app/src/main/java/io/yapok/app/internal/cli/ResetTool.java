package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.tools.StreamsResetter;

/** Kafka's own tool, which prints what it does to standard output and a trace to standard error, with its troubles as one line. For the main thread. */
final class ResetTool {
  private static final String ERROR = "ERROR: ";

  private final ClusterOptions cluster;
  private final PrintWriter out;

  ResetTool(ClusterOptions cluster, PrintWriter out) {
    this.cluster = cluster;
    this.out = out;
  }

  /**
   * Runs it once and passes on what it says.
   *
   * @throws EnvironmentException if it does not succeed
   */
  void run(List<String> arguments) {
    PrintStream standardOut = System.out;
    PrintStream standardError = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    int code;
    try (PrintStream saying = stream(said);
        PrintStream complaining = stream(complained)) {
      System.setOut(saying);
      System.setErr(complaining);
      code = new StreamsResetter().execute(arguments.toArray(String[]::new));
    } finally {
      System.setOut(standardOut);
      System.setErr(standardError);
    }
    out.print(said.toString(StandardCharsets.UTF_8));
    out.flush();
    if (code != 0) {
      String trouble = complained.toString(StandardCharsets.UTF_8);
      throw new EnvironmentException(
          "Kafka's tool did not reset the pipeline (" + firstLine(trouble) + ")",
          cluster.bootstrapServer(),
          "stop every instance and wait for the session time-out, or give --force",
          new KafkaException(trouble));
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** Without the word for an error and the exception's class. */
  private static String firstLine(String trouble) {
    String line = trouble.lines().filter(text -> !text.isBlank()).findFirst().orElse("it does not say why");
    return line.replaceFirst("^" + ERROR, "").replaceFirst("^([a-z]+\\.)+[A-Za-z]+(Exception|Error): ", "");
  }
}
