package io.yapok.embedded.internal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Which node of which cluster a broker is. Each node is a broker and a controller.
 *
 * @param clusterId the same for all its nodes
 * @param node from 1
 * @param controllerPorts where the controllers listen, that of node 1 first
 */
public record Quorum(String clusterId, int node, List<Integer> controllerPorts) {
  private static final String SEPARATOR = "/";

  public Quorum {
    controllerPorts = List.copyOf(controllerPorts);
    if (node < 1 || node > controllerPorts.size()) {
      throw new IllegalArgumentException("node " + node + " of " + controllerPorts.size());
    }
  }

  /** A broker that is alone. */
  public static Quorum alone(int controllerPort) {
    return new Quorum(Uuid.randomUuid().toString(), 1, List.of(controllerPort));
  }

  /**
   * What {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Quorum parse(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(text + " is no CLUSTER/NODE/PORT,PORT,...");
    }
    List<Integer> ports = List.of(parts[2].split(",", -1)).stream().map(Integer::valueOf).toList();
    return new Quorum(parts[0], Integer.parseInt(parts[1]), ports);
  }

  /** Where this node's controller listens. */
  public int controllerPort() {
    return controllerPorts.get(node - 1);
  }

  int nodes() {
    return controllerPorts.size();
  }

  /** Kafka's {@code controller.quorum.voters}. */
  String voters() {
    return IntStream.rangeClosed(1, nodes())
        .mapToObj(each -> each + "@" + Ports.HOST + ":" + controllerPorts.get(each - 1))
        .collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    String ports = controllerPorts.stream().map(String::valueOf).collect(Collectors.joining(","));
    return String.join(SEPARATOR, clusterId, Integer.toString(node), ports);
  }
}
