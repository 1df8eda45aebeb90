package io.yapok.embedded.internal;

import io.yapok.embedded.EmbeddedKafkaException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own server, broker and controller in one. Started and stopped by one caller; its threads
 * end with {@link #stop()}.
 */
public final class Broker {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  private final KafkaRaftServer server;

  private Broker(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Starts a broker on a formatted directory and returns when clients can connect.
   *
   * @throws EmbeddedKafkaException if it does not come up; nothing of it runs any more then
   */
  public static Broker start(BrokerSettings settings) {
    try (HaltGuard guard = HaltGuard.open()) {
      return start(settings, guard);
    }
  }

  private static Broker start(BrokerSettings settings, HaltGuard guard) {
    Broker broker = null;
    try {
      KilledBroker.unregister(settings);
      KafkaConfig config = new KafkaConfig(settings.toProperties(), false);
      broker = new Broker(new KafkaRaftServer(config, Time.SYSTEM));
      broker.server.startup();
      if (guard.tripped()) {
        throw new IllegalStateException("Kafka met a fatal fault while it started; see its log");
      }
      return broker;
    } catch (Throwable e) { // Scala throws what it likes, and threads are running by now
      EmbeddedKafkaException failure = failure(settings, e);
      if (broker != null) {
        broker.stopAfter(failure);
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw failure;
    }
  }

  /** Stops the controller and the broker, and returns when their threads have ended. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private void stopAfter(EmbeddedKafkaException failure) {
    try {
      stop();
    } catch (RuntimeException e) { // half a broker stops badly; the first failure is the news
      LOG.debug("stopping a broker that had not come up", e);
      failure.addSuppressed(e);
    }
  }

  private static EmbeddedKafkaException failure(BrokerSettings settings, Throwable cause) {
    return new EmbeddedKafkaException(
        "the broker did not start (" + rootOf(cause) + ")",
        settings.bootstrapServers() + " on " + settings.logDirectory(),
        "see the cause; with a setting of your own, check it against Kafka's documentation",
        cause);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
