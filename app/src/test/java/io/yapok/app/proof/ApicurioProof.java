package io.yapok.app.proof;

import io.yapok.app.internal.registry.RegistryProcess;
import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Producers, a pipeline and readers of Avro by Apicurio's registry, that of {@code dev --registry}. */
@Timeout(600)
class ApicurioProof {
  @TempDir private static Path directory;

  @Test
  void shouldLetProducersAndReadersChangeTheirSchemas() throws Exception {
    try (KafkaProcess kafka = Brokers.one(directory, 1000);
        RegistryProcess registry = RegistryProcess.start(ApicurioRegistry.HOME, 0, directory.resolve("registry"), null)) {
      RegistryInterop.TOPICS.forEach(topic -> kafka.createTopic(topic, Workload.PARTITIONS, Map.of("retention.ms", "-1")));
      registry.awaitAnswer(() -> false);

      new RegistryInterop(kafka.bootstrapServers(), registry.url(), directory.resolve("state")).check();
    }
  }
}
