package io.yapok.app.proof;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/** Confluent's registry in a container, and a broker in another that it keeps its schemas in: an embedded one listens on 127.0.0.1 only. */
final class ConfluentRegistry implements AutoCloseable {
  private static final String KAFKA = "apache/kafka:4.3.1";
  private static final String REGISTRY = "confluentinc/cp-schema-registry:7.9.0";
  private static final int PORT = 8081;

  private final Network network = Network.newNetwork();
  private final KafkaContainer kafka = new KafkaContainer(KAFKA).withNetwork(network).withListener("kafka:19092");
  private final GenericContainer<?> registry =
      new GenericContainer<>(REGISTRY)
          .withNetwork(network)
          .withExposedPorts(PORT)
          .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
          .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + PORT)
          .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://kafka:19092")
          .waitingFor(Wait.forHttp("/schemas/types").forStatusCode(200).withStartupTimeout(Duration.ofMinutes(3)));

  private ConfluentRegistry() {}

  /** Starts both; returns when they answer. */
  static ConfluentRegistry start() {
    ConfluentRegistry started = new ConfluentRegistry();
    try {
      started.kafka.start();
      started.registry.start();
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  String url() {
    return "http://" + registry.getHost() + ":" + registry.getMappedPort(PORT);
  }

  void createTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    registry.stop();
    kafka.stop();
    network.close();
  }
}
