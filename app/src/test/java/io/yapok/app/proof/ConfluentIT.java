package io.yapok.app.proof;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The same as {@link ApicurioProof} by Confluent's own registry, where Docker runs. */
@Timeout(600)
class ConfluentIT {
  @TempDir private static Path directory;

  @Test
  void shouldLetProducersAndReadersChangeTheirSchemas() {
    Assumptions.assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "Docker does not run here, and Confluent's registry comes as an image");
    try (ConfluentRegistry registry = ConfluentRegistry.start()) {
      RegistryInterop.TOPICS.forEach(topic -> registry.createTopic(topic, Workload.PARTITIONS));

      new RegistryInterop(registry.bootstrapServers(), registry.url(), directory.resolve("state")).check();
    }
  }
}
