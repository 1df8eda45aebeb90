package io.yapok.topology.internal;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import io.yapok.topology.BrokerException;
import io.yapok.topology.StreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks at the topics before a pipeline starts: each send to one that is not there would block for a minute, and one record too large for its topic would doom a
 * whole transaction. All that is missing is reported at once.
 */
public final class StartUpCheck implements AutoCloseable {
  private final PipelineDocument document;
  private final StreamOptions options;
  private final TablesCheck tables;
  private final Admin admin;
  private int sourcePartitions;

  /**
   * A check over a client of its own.
   *
   * @throws BrokerException if the client cannot be made, as with an address that no resolver knows
   */
  public StartUpCheck(PipelineDocument document, Settings settings, StreamOptions options) {
    this.document = document;
    this.options = options;
    this.tables = new TablesCheck(document, options.applicationId(), this::partitions, this::readTopics);
    Map<String, Object> client = new HashMap<>(settings.clientSettings());
    int timeout = Math.toIntExact(options.checkTimeout().toMillis());
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    try {
      this.admin = Admin.create(client);
    } catch (KafkaException e) {
      throw new BrokerException(new Problem("no connection can be made (" + rootMessage(e) + ")", address(), "check the address and the security settings"), e);
    }
  }

  /**
   * What may be sent to the topics, all of which exist when this returns.
   *
   * @throws ProblemsException if topics are missing and are not to be created
   * @throws BrokerException if no broker answers in time, or refuses
   */
  public SendLimits check(int maxRequestBytes) {
    List<Located<String>> topics = topics();
    Map<String, Integer> partitions = new HashMap<>();
    List<Located<String>> missing = new ArrayList<>();
    for (Located<String> topic : topics) {
      partitions(topic.value()).ifPresentOrElse(count -> partitions.put(topic.value(), count), () -> missing.add(topic));
    }
    if (!missing.isEmpty() && !options.createTopics()) {
      throw new ProblemsException(missing.stream().map(this::missingTopic).toList());
    }
    missing.forEach(topic -> create(topic.value(), partitions));
    List<Problem> wrong = tables.problems();
    if (!wrong.isEmpty()) {
      throw new ProblemsException(wrong);
    }
    sourcePartitions = partitions.getOrDefault(document.source().topic().value(), 0);
    String sink = document.sink().topic().value();
    TopicLimits results = limits(sink);
    TopicLimits rejects = document.rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic) ? limits(topic.value()) : TopicLimits.DEFAULT;
    return new SendLimits(
        Math.min(maxRequestBytes, results.bytes()), Math.min(maxRequestBytes, rejects.bytes()), partitions.getOrDefault(sink, 0), results.times(), rejects.times());
  }

  /** Partitions of the source, once it has been looked at. */
  public int sourcePartitions() {
    return sourcePartitions;
  }

  private Problem missingTopic(Located<String> topic) {
    return topic.problem("the topic \"" + topic + "\" does not exist on " + options.bootstrapServers(), "create it, or start with --create-topics");
  }

  private List<Located<String>> topics() {
    List<Located<String>> topics = new ArrayList<>(List.of(document.source().topic(), document.sink().topic()));
    if (document.rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic)) {
      topics.add(topic);
    }
    Set<String> ofTables = new HashSet<>();
    document.tables().stream().map(PipelineTable::topic).filter(topic -> ofTables.add(topic.value())).forEach(topics::add);
    return topics;
  }

  private Optional<Integer> partitions(String topic) {
    try {
      TopicDescription description = await(Objects.requireNonNull(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
      return Optional.of(description.partitions().size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failed("the topic \"" + topic + "\" cannot be looked at", e);
    }
  }

  /** A topic like the source, or with the broker's own number of partitions where it is the source that is missing. */
  private void create(String topic, Map<String, Integer> partitions) {
    Optional<Integer> like = Optional.ofNullable(partitions.get(document.source().topic().value()));
    try {
      NewTopic made = new NewTopic(topic, like, Optional.empty()).configs(tables.configs(topic));
      partitions.put(topic, await(admin.createTopics(List.of(made)).numPartitions(topic)));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed("the topic \"" + topic + "\" cannot be created", e);
      }
      partitions(topic).ifPresent(count -> partitions.put(topic, count)); // another instance was first
    }
  }

  /** The topics of which this application has read something; none where we may not look. After a reset it has offsets, but none beyond a topic's beginning. */
  private Set<String> readTopics() {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = await(admin.listConsumerGroupOffsets(options.applicationId()).partitionsToOffsetAndMetadata());
      Set<TopicPartition> present = committed.keySet().stream().filter(partition -> partitions(partition.topic()).isPresent()).collect(Collectors.toSet());
      Map<TopicPartition, OffsetSpec> wanted = present.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.earliest()));
      Map<TopicPartition, ListOffsetsResultInfo> earliest = await(admin.listOffsets(wanted).all());
      return present.stream()
          .filter(partition -> Objects.requireNonNull(committed.get(partition)).offset() > Objects.requireNonNull(earliest.get(partition)).offset())
          .map(TopicPartition::topic)
          .collect(Collectors.toSet());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof GroupIdNotFoundException) {
        return Set.of();
      }
      throw failed("the offsets of \"" + options.applicationId() + "\" cannot be read", e);
    }
  }

  /** Where we may not look, Kafka's defaults are assumed. */
  private TopicLimits limits(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return TopicLimits.of(await(Objects.requireNonNull(admin.describeConfigs(List.of(resource)).values().get(resource))));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException || e.getCause() instanceof UnknownTopicOrPartitionException) {
        return TopicLimits.DEFAULT;
      }
      throw failed("the settings of the topic \"" + topic + "\" cannot be read", e);
    }
  }

  private <T> T await(KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get(options.checkTimeout().plus(Duration.ofSeconds(1)).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new BrokerException(silent(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(new Problem("the check was interrupted", address(), "start again"), e);
    }
  }

  private BrokerException failed(String what, ExecutionException e) {
    if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
      return new BrokerException(silent(), e);
    }
    return new BrokerException(new Problem(what + " (" + rootMessage(e) + ")", address(), "check the address, the security settings and the user's rights"), e);
  }

  private Problem silent() {
    return new Problem("no broker answered within " + options.checkTimeout().toSeconds() + " s", address(), "check that it runs and that the address is right");
  }

  private Where address() {
    return Where.of(options.bootstrapServers());
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
