package io.yapok.embedded;

import io.yapok.embedded.internal.Quorum;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A broker in a JVM of its own, for whoever wants to kill it or measure without it: {@code [--data
 * DIRECTORY] [--port PORT] [--quorum QUORUM] [KEY=VALUE ...]}, where the pairs are Kafka's broker
 * settings and a quorum is what {@link Quorum} writes.
 *
 * <p>Prints {@code ready 127.0.0.1:PORT} when clients can connect, and stops when standard input ends
 * or on SIGTERM. Exit codes: 0 stopped, 2 wrong arguments, 3 it did not start.
 */
public final class EmbeddedKafkaMain {
  private static final int USAGE = 2;
  private static final int ENVIRONMENT = 3;

  private EmbeddedKafkaMain() {}

  /** Runs until told to stop. */
  public static void main(String[] arguments) throws IOException {
    // Who started this reads one line of standard output and no more: a log there would fill the
    // pipe, and the broker would stand still at its next line. Before anything logs.
    System.setOut(System.err);
    try {
      run(builder(List.of(arguments)));
      System.exit(0);
    } catch (IllegalArgumentException e) {
      fail(
          USAGE,
          "wrong arguments (%s), %s, use [--data DIRECTORY] [--port PORT] [--quorum QUORUM] [KEY=VALUE ...]"
              .formatted(e.getMessage(), String.join(" ", arguments)));
    } catch (EmbeddedKafkaException e) {
      fail(ENVIRONMENT, e.getMessage());
    }
  }

  private static void run(EmbeddedKafka.Builder builder) throws IOException {
    try (EmbeddedKafka kafka = builder.start()) {
      // the hook runs on SIGTERM and once more after main, which close() takes calmly
      Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-stop"));
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      out.println("ready " + kafka.bootstrapServers());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static EmbeddedKafka.Builder builder(List<String> arguments) {
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
    for (int index = 0; index < arguments.size(); index++) {
      String argument = arguments.get(index);
      switch (argument) {
        case "--data" -> builder.dataDirectory(Path.of(value(arguments, ++index)));
        case "--quorum" -> builder.quorum(Quorum.parse(value(arguments, ++index)));
        case "--port" -> builder.port(Integer.parseInt(value(arguments, ++index)));
        default -> setting(builder, argument);
      }
    }
    return builder;
  }

  private static String value(List<String> arguments, int index) {
    if (index == arguments.size()) {
      throw new IllegalArgumentException(arguments.getLast() + " needs a value");
    }
    return arguments.get(index);
  }

  private static void setting(EmbeddedKafka.Builder builder, String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(argument + " is not known");
    }
    builder.setting(argument.substring(0, equals), argument.substring(equals + 1));
  }

  private static void fail(int code, String message) {
    System.err.println("error: " + message);
    System.exit(code);
  }
}
