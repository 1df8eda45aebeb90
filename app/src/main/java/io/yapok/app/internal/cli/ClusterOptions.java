package io.yapok.app.internal.cli;

import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster, with the options that Kafka's own tools have. */
final class ClusterOptions {
  @Option(names = "--bootstrap-server", required = true, paramLabel = "HOST:PORT", description = "Where the cluster is; several, separated by commas.")
  private String bootstrapServer = "";

  @Option(names = "--command-config", paramLabel = "FILE", description = "A properties file for Kafka's clients: security, time-outs.")
  private @Nullable Path commandConfig;

  String bootstrapServer() {
    return bootstrapServer;
  }

  @Nullable Path commandConfig() {
    return commandConfig;
  }

  /**
   * The settings for Kafka's clients: those of the file, and where the cluster is.
   *
   * @throws ProblemsException if the file cannot be read
   */
  Properties properties() {
    Properties properties = new Properties();
    if (commandConfig != null) {
      try (Reader reader = Files.newBufferedReader(commandConfig, StandardCharsets.UTF_8)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new ProblemsException(
            new Problem("the client configuration cannot be read: " + e.getMessage(), Where.of(commandConfig.toString()), "name a Java properties file"));
      }
    }
    properties.setProperty("bootstrap.servers", bootstrapServer);
    return properties;
  }

  /** The same as a map. */
  Map<String, String> client() {
    Map<String, String> client = new HashMap<>();
    properties().forEach((name, value) -> client.put(String.valueOf(name), String.valueOf(value)));
    return client;
  }
}
