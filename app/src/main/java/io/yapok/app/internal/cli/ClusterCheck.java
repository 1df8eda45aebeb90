package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Whether there is a cluster, found out sooner than Kafka's clients give up. */
final class ClusterCheck {
  private static final int PATIENCE_SECONDS = 15;

  private ClusterCheck() {}

  /**
   * Looks for a broker.
   *
   * @throws EnvironmentException if there is none that answers
   */
  static void requireBroker(ClusterOptions cluster) throws InterruptedException {
    Properties client = cluster.properties();
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    try (Admin admin = Admin.create(client)) {
      admin.describeCluster().nodes().get();
    } catch (ExecutionException e) {
      String what = e.getCause() instanceof TimeoutException ? "no broker answered within " + PATIENCE_SECONDS + " s" : "the cluster cannot be looked at (" + e.getMessage() + ")";
      throw new EnvironmentException(what, cluster.bootstrapServer(), "check that it runs and that the address and the security settings are right", e);
    } catch (KafkaException e) {
      throw new EnvironmentException(
          "no connection can be made (" + e.getMessage() + ")", cluster.bootstrapServer(), "check the address and the security settings", e);
    }
  }
}
