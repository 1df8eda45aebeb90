package io.yapok.embedded.internal;

import io.yapok.embedded.EmbeddedKafkaException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics so that they are there when the call returns. */
public final class Topics {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final short ONE_REPLICA = 1;

  private Topics() {}

  /** Creates a topic of one replica; see the other {@code create}. */
  public static void create(
      String bootstrapServers, String name, int partitions, Map<String, String> configs) {
    create(bootstrapServers, name, partitions, ONE_REPLICA, configs);
  }

  /**
   * Creates a topic and waits for its leaders.
   *
   * @throws EmbeddedKafkaException if it exists, Kafka refuses it, or it takes over 30 seconds
   */
  public static void create(
      String bootstrapServers,
      String name,
      int partitions,
      short replicas,
      Map<String, String> configs) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      NewTopic topic = new NewTopic(name, partitions, replicas).configs(configs);
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      awaitLeaders(admin, name, partitions);
      askLeaders(admin, name, partitions);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw failure(bootstrapServers, name, cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(bootstrapServers, name, e);
    }
  }

  /** The controller has committed the topic; the broker learns of it a moment later. */
  private static void awaitLeaders(Admin admin, String name, int partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!hasLeaders(admin, name, partitions)) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("no leader within " + PATIENCE);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /**
   * Waits until each leader answers for its partition. A broker names leaders before they are ready, and a producer that sends several batches in that moment can have
   * the second one accepted after the first was turned away: from then on the first is out of order, until it expires two minutes later.
   */
  private static void askLeaders(Admin admin, String name, int partitions) throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    admin.listOffsets(ends).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static boolean hasLeaders(Admin admin, String name, int partitions)
      throws InterruptedException, ExecutionException {
    try {
      TopicDescription topic = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
      return topic != null
          && topic.partitions().size() == partitions
          && topic.partitions().stream().allMatch(partition -> partition.leader() != null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private static EmbeddedKafkaException failure(String where, String name, Throwable cause) {
    return new EmbeddedKafkaException(
        "topic '%s' was not created (%s)".formatted(name, cause.getMessage()),
        where,
        "choose another name or mend its settings",
        cause);
  }
}
