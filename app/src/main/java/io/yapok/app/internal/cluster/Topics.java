package io.yapok.app.internal.cluster;

import io.yapok.app.internal.EnvironmentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about its topics and groups, and makes topics. For one thread; its owner closes it. */
public final class Topics implements AutoCloseable {
  private final Admin admin;
  private final String cluster;

  /** Over the cluster that these settings of Kafka's clients name. */
  public Topics(Map<String, Object> client) {
    cluster = String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    admin = Admin.create(client);
  }

  /** A topic's description; empty if there is none of this name. */
  public Optional<TopicDescription> describe(String topic) throws InterruptedException {
    try {
      return Optional.ofNullable(result(admin.describeTopics(List.of(topic)).allTopicNames(), "looking at topic " + topic).get(topic));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /** Makes a topic, with as many replicas as the cluster gives by default, that keeps the last value of each key; nothing happens if it is there. */
  public void createCompacted(String topic, int partitions) throws InterruptedException {
    try {
      NewTopic compacted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
      result(admin.createTopics(List.of(compacted)).all(), "making topic " + topic);
    } catch (TopicExistsException e) {
      // made by another, which is as good
    }
  }

  /** Whether a group has members now. */
  public boolean hasMembers(String group) throws InterruptedException {
    return result(admin.listGroups().all(), "looking at group " + group).stream()
        .filter(listed -> listed.groupId().equals(group))
        .anyMatch(listed -> listed.groupState().filter(state -> state == GroupState.EMPTY || state == GroupState.DEAD).isEmpty());
  }

  @Override
  public void close() {
    admin.close();
  }

  private <T> T result(KafkaFuture<T> answer, String doing) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (e.getCause() instanceof TopicExistsException exists) {
        throw exists;
      }
      throw new EnvironmentException(doing + " failed (" + e.getMessage() + ")", cluster, "check that its brokers run and what this user may do", e);
    }
  }
}
