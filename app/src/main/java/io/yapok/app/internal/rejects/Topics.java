package io.yapok.app.internal.rejects;

import io.yapok.app.internal.EnvironmentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster about its topics, and makes one. */
final class Topics implements AutoCloseable {
  private final Admin admin;
  private final String cluster;

  Topics(Map<String, Object> client) {
    cluster = String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    admin = Admin.create(client);
  }

  /** A topic's description; empty if there is none of this name. */
  Optional<TopicDescription> describe(String topic) throws InterruptedException {
    try {
      return Optional.ofNullable(result(admin.describeTopics(List.of(topic)).allTopicNames(), "looking at topic " + topic).get(topic));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  /** Makes a topic of one partition, with as many replicas as the cluster gives by default, that keeps the last value of each key; nothing happens if it is there. */
  void createCompacted(String topic) throws InterruptedException {
    try {
      NewTopic compacted = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(Map.of("cleanup.policy", "compact"));
      result(admin.createTopics(List.of(compacted)).all(), "making topic " + topic);
    } catch (TopicExistsException e) {
      // made by another replay, which is as good
    }
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
