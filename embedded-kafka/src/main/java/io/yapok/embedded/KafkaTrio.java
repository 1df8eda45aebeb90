package io.yapok.embedded;

import io.yapok.embedded.internal.Ports;
import io.yapok.embedded.internal.Quorum;
import io.yapok.embedded.internal.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Three nodes in child JVMs of 256 MiB of heap each, every one a broker and a controller: replication factor 3, two in-sync replicas at least, so that one can be
 * killed at a time. Nodes are 0, 1 and 2. For one thread.
 */
public final class KafkaTrio implements KafkaCluster {
  private static final int NODES = 3;
  private static final short REPLICAS = 3;

  private final Path directory;
  private final Map<String, String> settings;
  private final String clusterId = Uuid.randomUuid().toString();
  private final List<Integer> ports;
  private final List<Integer> controllerPorts;
  private final Map<Integer, KafkaProcess> nodes = new HashMap<>();

  private KafkaTrio(Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
    Set<Integer> free = new LinkedHashSet<>();
    while (free.size() < 2 * NODES) {
      free.add(Ports.anyToKeep());
    }
    this.ports = List.copyOf(free).subList(0, NODES);
    this.controllerPorts = List.copyOf(free).subList(NODES, 2 * NODES);
  }

  /**
   * Starts three nodes on empty data.
   *
   * @param directory for their data and what they log, {@code kafka0.log} to {@code kafka2.log}
   * @param settings of Kafka's brokers
   * @throws EmbeddedKafkaException if one does not come up; nothing is left running then
   */
  public static KafkaTrio start(Path directory, Map<String, String> settings) {
    KafkaTrio trio = new KafkaTrio(directory, settings);
    trio.startAll();
    return trio;
  }

  /** All three, so that clients find one that is there. */
  @Override
  public String bootstrapServers() {
    return ports.stream().map(port -> Ports.HOST + ":" + port).collect(Collectors.joining(","));
  }

  @Override
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    Topics.create(bootstrapServers(), name, partitions, REPLICAS, configs);
  }

  /** Ends a node as a power cut would, and returns when it is gone. */
  public void kill(int node) {
    KafkaProcess process = nodes.remove(node);
    if (process == null) {
      throw new IllegalStateException("node " + node + " does not run");
    }
    process.kill();
  }

  /** Starts a node again on the data that it left, and returns when clients can connect. */
  public void restart(int node) {
    nodes.put(node, builder(node).start());
  }

  /** Ends all nodes as a power cut would. */
  public void killAll() {
    List.copyOf(nodes.keySet()).forEach(this::kill);
  }

  /** Starts all nodes, which do not run; none comes up without another. */
  public void startAll() {
    List<CompletableFuture<KafkaProcess>> starting = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      starting.add(start(builder(node)));
    }
    EmbeddedKafkaException failure = null;
    for (int node = 0; node < NODES; node++) {
      try {
        nodes.put(node, starting.get(node).join());
      } catch (CompletionException e) {
        failure = new EmbeddedKafkaException("a node of three did not start (" + e.getMessage() + ")", "kafka" + node + ".log", "see what it says there", e);
      }
    }
    if (failure != null) {
      close();
      throw failure;
    }
  }

  /** On a thread of its own, since it returns only when there are others. */
  private static CompletableFuture<KafkaProcess> start(KafkaProcess.Builder builder) {
    return CompletableFuture.supplyAsync(builder::start, task -> Thread.ofPlatform().daemon().start(task));
  }

  private KafkaProcess.Builder builder(int node) {
    KafkaProcess.Builder builder =
        KafkaProcess.builder()
            .dataDirectory(directory.resolve("kafka" + node))
            .log(directory.resolve("kafka" + node + ".log"))
            .port(ports.get(node))
            .quorum(new Quorum(clusterId, node + 1, controllerPorts))
            .jvmOption("-Xmx256m")
            .jvmOption("-XX:TieredStopAtLevel=1"); // three of them share a machine with what they are tested with
    settings.forEach(builder::setting);
    return builder;
  }

  /** Ends what runs; the data stay. */
  @Override
  public void close() {
    // Not cleanly: the last ones have no majority of controllers any more and would wait for it.
    IntStream.range(0, NODES).filter(nodes::containsKey).forEach(this::kill);
  }
}
