package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.embedded.KafkaCluster;
import io.yapok.embedded.KafkaClusters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Kafka of the integration tests, registered in a static field of each class that needs it: started by the first of them and stopped after the last. What
 * tests write to and read from it is independent of the engine, and only what is committed is read.
 */
public final class KafkaTopics implements BeforeAllCallback {
  private static final long PATIENCE_MILLIS = 30_000;

  private KafkaCluster cluster;

  @Override
  public void beforeAll(ExtensionContext context) {
    var started = context.getRoot().getStore(ExtensionContext.Namespace.create(KafkaTopics.class)).computeIfAbsent(Started.class, key -> new Started(KafkaClusters.start()), Started.class);
    cluster = started.cluster();
  }

  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  /** Creates an empty topic. */
  public void create(String topic, int partitions, Map<String, String> configs) {
    cluster.createTopic(topic, partitions, configs);
  }

  /** Creates the three topics of a pipeline that is called so: source, {@code -out} and {@code -bad}. */
  public void createFor(String pipeline, int partitions) {
    for (var suffix : List.of("", "-out", "-bad")) {
      create(pipeline + suffix, partitions, Map.of());
    }
  }

  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    var config = new HashMap<String, Object>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers(), ProducerConfig.LINGER_MS_CONFIG, 5));
    config.putAll(settings);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends values to a partition each by its index, keyed and stamped by it too; of today, else the broker's retention would delete them under the test. */
  public void send(String topic, int partitions, List<String> values) throws Exception {
    long now = System.currentTimeMillis();
    try (var producer = producer(Map.of())) {
      var sent = new ArrayList<Future<?>>();
      for (int i = 0; i < values.size(); i++) {
        sent.add(producer.send(new ProducerRecord<>(topic, i % partitions, now + i, ("k" + i).getBytes(UTF_8), values.get(i).getBytes(UTF_8))));
      }
      for (var future : sent) {
        future.get();
      }
    }
  }

  /** Waits until so many records are committed in topics together, and returns all there are by then, in order within each partition. */
  public List<ConsumerRecord<byte[], byte[]>> await(int count, int partitions, String... topics) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = reader(partitions, topics)) {
      long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
      while (records.size() < count && System.currentTimeMillis() < deadline) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      // One more look, for what should not be there.
      consumer.poll(Duration.ofMillis(200)).forEach(records::add);
    }
    return records;
  }

  /** Waits until a group has committed all that is in a topic. */
  public void awaitCommitted(String group, String topic, int partitions) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
        var consumer = reader(partitions, topic)) {
      var ends = consumer.endOffsets(consumer.assignment());
      long deadline = System.currentTimeMillis() + 3 * PATIENCE_MILLIS;
      while (System.currentTimeMillis() < deadline) {
        var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        if (ends.entrySet().stream().allMatch(end -> committed.get(end.getKey()) != null && committed.get(end.getKey()).offset() >= end.getValue())) {
          return;
        }
        consumer.poll(Duration.ofMillis(100));
      }
      throw new AssertionError(group + " did not commit all of " + topic);
    }
  }

  /** Where a topic's partitions end, whether what stands there is committed or not. */
  public Map<TopicPartition, Long> logEnds(int partitions, String topic) {
    try (var consumer = reader("read_uncommitted", partitions, topic)) {
      return consumer.endOffsets(consumer.assignment());
    }
  }

  public KafkaConsumer<byte[], byte[]> reader(int partitions, String... topics) {
    return reader("read_committed", partitions, topics);
  }

  private KafkaConsumer<byte[], byte[]> reader(String isolation, int partitions, String... topics) {
    var consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var assigned = new ArrayList<TopicPartition>();
    for (var topic : topics) {
      IntStream.range(0, partitions).forEach(partition -> assigned.add(new TopicPartition(topic, partition)));
    }
    consumer.assign(assigned);
    consumer.seekToBeginning(assigned);
    return consumer;
  }

  public static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  public static String header(ConsumerRecord<byte[], byte[]> record, String key) {
    var header = record.headers().lastHeader(key);
    return header == null ? null : text(header.value());
  }

  private record Started(KafkaCluster cluster) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }
}
