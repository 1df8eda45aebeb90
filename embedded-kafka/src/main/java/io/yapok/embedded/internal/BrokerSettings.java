package io.yapok.embedded.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a broker needs to be told, alone or one of few.
 *
 * @param port where clients connect
 * @param quorum which node of which cluster it is
 * @param logDirectory where topics and metadata lie
 * @param wishes settings that its user wants otherwise; none of addresses and places
 */
public record BrokerSettings(
    int port, Quorum quorum, Path logDirectory, Map<String, String> wishes) {
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String CLIENT_LISTENER = "CLIENT";

  private static final Set<String> OWNED =
      Set.of(
          "node.id",
          "broker.id",
          "process.roles",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "security.inter.broker.protocol",
          "controller.listener.names",
          "controller.quorum.voters",
          "controller.quorum.bootstrap.servers",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  /** Kafka's defaults are for a machine of its own that serves many; this shares one and serves few. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          // 50 partitions each by default, which cost a second when the first client comes
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          // 20 by default: what a transaction waits when the one before it is still being marked as
          // committed, which is a good part of the latency of short ones
          Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
          // 128 MiB of heap by default; 16 MiB hold 600,000 keys a cleaning
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
          // without end by default: a broker that cannot come up would hang its caller
          Map.entry("server.max.startup.time.ms", "60000"));

  public BrokerSettings {
    Set<String> owned = new TreeSet<>(wishes.keySet());
    owned.retainAll(OWNED);
    if (!owned.isEmpty()) {
      throw new IllegalArgumentException("the embedded broker sets these itself: " + owned);
    }
    wishes = Map.copyOf(wishes);
  }

  /** What clients connect to. */
  public String bootstrapServers() {
    return Ports.HOST + ":" + port;
  }

  /** What the controller's clients connect to. */
  String bootstrapControllers() {
    return Ports.HOST + ":" + quorum.controllerPort();
  }

  /** The configuration file of a broker with its controller, as properties. */
  Properties toProperties() {
    Properties properties = toControllerProperties();
    String client = CLIENT_LISTENER + "://" + bootstrapServers();
    properties.put("process.roles", "broker,controller");
    properties.put("listeners", client + "," + properties.getProperty("listeners"));
    properties.put("advertised.listeners", client);
    properties.put("inter.broker.listener.name", CLIENT_LISTENER);
    return properties;
  }

  /** The configuration file of the controller without its broker, as properties. */
  Properties toControllerProperties() {
    Properties properties = new Properties();
    properties.putAll(replication());
    properties.putAll(SMALL);
    properties.putAll(wishes);
    properties.put("node.id", Integer.toString(quorum.node()));
    properties.put("process.roles", "controller");
    properties.put("listeners", CONTROLLER_LISTENER + "://" + bootstrapControllers());
    properties.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    properties.put("controller.listener.names", CONTROLLER_LISTENER);
    // voters by setting, not in the log: a later start may use another port
    properties.put("controller.quorum.voters", quorum.voters());
    properties.put("log.dirs", logDirectory.toString());
    return properties;
  }

  /**
   * As many replicas as there are nodes, up to three: more of anything would never become available.
   * All but one must have a record, so that one may be missing.
   */
  private Map<String, String> replication() {
    int most = Math.min(3, quorum.nodes());
    String replicas = Integer.toString(most);
    String inSync = Integer.toString(Math.max(1, most - 1));
    return Map.of(
        "default.replication.factor", replicas,
        "min.insync.replicas", inSync,
        "offsets.topic.replication.factor", replicas,
        "transaction.state.log.replication.factor", replicas,
        "transaction.state.log.min.isr", inSync,
        "share.coordinator.state.topic.replication.factor", replicas,
        "share.coordinator.state.topic.min.isr", inSync);
  }
}
