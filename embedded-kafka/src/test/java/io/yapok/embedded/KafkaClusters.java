package io.yapok.embedded;

import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;

/**
 * The Kafka that integration tests meet: embedded, or with {@code -Dyapok.it.kafka=container} Apache's
 * image in Docker. For tests of other modules, by this module's test-jar; those that ask for the
 * container have Testcontainers on their own test class path.
 */
public final class KafkaClusters {
  /** {@code embedded} (the default) or {@code container}. */
  public static final String SWITCH = "yapok.it.kafka";

  private KafkaClusters() {}

  /** Starts one; without Docker, asking for a container skips the test. */
  public static KafkaCluster start() {
    String kind = System.getProperty(SWITCH, "embedded");
    return switch (kind) {
      case "embedded" -> EmbeddedKafka.start();
      case "container" -> container();
      default -> throw new IllegalArgumentException(SWITCH + " is embedded or container: " + kind);
    };
  }

  private static KafkaCluster container() {
    Assumptions.assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(), "Docker does not run here");
    return ContainerKafka.start();
  }
}
