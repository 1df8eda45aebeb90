package io.yapok.perf.internal.measure;

import io.yapok.embedded.EmbeddedKafkaException;
import io.yapok.embedded.KafkaProcess;
import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.workload.TableTopic;
import io.yapok.perf.internal.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The Kafka that all contestants meet, in a JVM of its own, and a client to look at it. Used by one thread. */
public final class Arena implements AutoCloseable {
  /** Partitions of every topic. */
  public static final int PARTITIONS = 4;

  /** A result topic's space is given back at once, or the disk would hold all runs. */
  private static final Map<String, String> TOPIC = Map.of("file.delete.delay.ms", "0", "retention.ms", "-1");

  private static final Map<String, String> TABLE = Map.of("cleanup.policy", "compact");

  private final KafkaProcess kafka;
  private final Admin admin;

  private Arena(KafkaProcess kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
  }

  /**
   * Starts a broker; returns when clients can connect.
   *
   * @param log where the broker logs
   * @throws BenchException if it does not start
   */
  public static Arena open(Path log) {
    try {
      return new Arena(KafkaProcess.builder().log(log).start());
    } catch (EmbeddedKafkaException e) {
      throw new BenchException("the broker did not start (" + e.getMessage() + ")", log.toString(), "see what it says", e);
    }
  }

  /** The same, with the tables that a workload's records are joined with. */
  public static Arena open(Path log, Workload workload) {
    Arena arena = open(log);
    try {
      workload.tables().forEach(arena::fill);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
    return arena;
  }

  private void fill(TableTopic table) {
    kafka.createTopic(table.topic(), PARTITIONS, TABLE);
    SourceTopic.fill(bootstrapServers(), table.topic(), table.rows(), table.count());
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Creates an empty topic of {@link #PARTITIONS} partitions that keeps everything. */
  public void createTopic(String name) {
    kafka.createTopic(name, PARTITIONS, TOPIC);
  }

  /** Deletes a topic and gives its space back. */
  public void deleteTopic(String name) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(name)).all().get();
    } catch (ExecutionException e) {
      throw failure("the topic " + name + " was not deleted", e);
    }
  }

  /** Deletes a contestant's sink, and the topics that an application of the same name made for itself, such as changelogs. */
  public void deleteTopicsOf(String name) throws InterruptedException {
    try {
      List<String> topics = admin.listTopics().names().get().stream().filter(topic -> topic.equals(name) || topic.startsWith(name + "-")).toList();
      admin.deleteTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw failure("the topics of " + name + " were not deleted", e);
    }
  }

  /** Records of the source whose results are committed: a transaction's offsets show when it is complete. */
  public long committed(String group) throws InterruptedException {
    KafkaFuture<Long> sum =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().thenApply(offsets -> offsets.values().stream()
            .flatMap(offset -> Optional.<OffsetAndMetadata>ofNullable(offset).stream())
            .mapToLong(OffsetAndMetadata::offset)
            .sum());
    try {
      return sum.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0; // it has not joined yet
      }
      throw failure("the offsets of " + group + " cannot be read", e);
    }
  }

  private BenchException failure(String what, ExecutionException e) {
    return new BenchException(what + " (" + e.getCause() + ")", kafka.bootstrapServers(), "run it again", e);
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
