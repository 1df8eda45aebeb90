package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.tools.StreamsResetter;

/** Kafka's own tool, which prints what it does to standard output and a trace to standard error, with its troubles as one line. For the main thread. */
final class ResetTool {
  private static final int PATIENCE_SECONDS = 15;
  private static final String ERROR = "ERROR: ";

  private final ClusterOptions cluster;
  private final PrintWriter out;

  ResetTool(ClusterOptions cluster, PrintWriter out) {
    this.cluster = cluster;
    this.out = out;
  }

  /**
   * Looks for a broker, for which the tool itself would wait a minute.
   *
   * @throws EnvironmentException if there is none
   */
  void requireBroker() {
    Properties client = cluster.properties();
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    try (Admin admin = Admin.create(client)) {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException e) {
      String what = e.getCause() instanceof TimeoutException ? "no broker answered within " + PATIENCE_SECONDS + " s" : "the cluster cannot be looked at (" + e.getMessage() + ")";
      throw new EnvironmentException(what, cluster.bootstrapServer(), "check that it runs and that the address and the security settings are right", e);
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "no connection can be made (" + e.getMessage() + ")", cluster.bootstrapServer(), "check the address and the security settings", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("the reset was interrupted", cluster.bootstrapServer(), "start it again", e);
    }
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
