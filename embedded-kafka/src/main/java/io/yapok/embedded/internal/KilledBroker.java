package io.yapok.embedded.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;

/**
 * What a broker leaves behind that was killed: its registration. Its controller, killed with it, takes
 * it for alive when both start again, and so does the broker: it leads partitions until the
 * registration's session ends, 9 s by default, loses them, and gets them back. What its transaction
 * coordinator decides in between is lost: Kafka 4.3.1 takes a partition without a leader for a deleted
 * one and skips the transaction's marker (KAFKA-20734), so that nobody who reads committed records
 * ever gets past it.
 *
 * <p>A node that is alone can be spared that: its controller starts first, without the broker, and is
 * told that the old one is gone. It has no session to wait for then either.
 */
final class KilledBroker {
  private static final String METADATA = "__cluster_metadata-0";
  static final String STOPPED_CLEANLY = ".kafka_cleanshutdown";
  private static final int PATIENCE_SECONDS = 30;

  private KilledBroker() {}

  /** Makes the controller forget the broker that was killed on these data, if one was. */
  static void unregister(BrokerSettings settings)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (settings.quorum().nodes() > 1 || !wasKilledIn(settings.logDirectory())) {
      return;
    }
    KafkaConfig config = new KafkaConfig(settings.toControllerProperties(), false);
    KafkaRaftServer controller = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      controller.startup();
      unregister(settings.bootstrapControllers(), settings.quorum().node());
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static boolean wasKilledIn(Path logDirectory) {
    return Files.exists(logDirectory.resolve(METADATA))
        && !Files.exists(logDirectory.resolve(STOPPED_CLEANLY));
  }

  private static void unregister(String controllers, int node)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, controllers))) {
      admin.unregisterBroker(node).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) { // killed before it registered
        throw e;
      }
    }
  }
}
