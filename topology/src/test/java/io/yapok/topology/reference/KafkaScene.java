package io.yapok.topology.reference;

import io.yapok.embedded.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Pipelines that run together in each of some instances, their streams at a steady rate, and a reader of all answers. The instances are the test's to kill. */
final class KafkaScene implements AutoCloseable {
  /** Long enough for any recovery, on a machine that does other things too. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path directory;
  private final String bootstrapServers;
  private final Map<String, KafkaStream> streams;
  private final List<Path> documents = new ArrayList<>();
  private final Map<String, StatefulInstance> instances = new LinkedHashMap<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread reader = new Thread(this::read, "answers");
  private volatile boolean closing;
  private volatile boolean sending = true;
  private Thread sender = new Thread(() -> {});

  /** Creates the topics and writes the documents; nothing is sent and no instance runs yet. */
  KafkaScene(KafkaCluster cluster, Path directory, List<KafkaStream> streams) throws IOException {
    this.directory = directory;
    this.bootstrapServers = cluster.bootstrapServers();
    this.streams = streams.stream().flatMap(stream -> stream.topics().stream().map(topic -> Map.entry(topic, stream))).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    for (var stream : streams) {
      var name = stream.definition().name();
      cluster.createTopic(name, KafkaStream.PARTITIONS, Map.of());
      stream.topics().forEach(topic -> cluster.createTopic(topic, KafkaStream.PARTITIONS, Map.of()));
      documents.add(Files.writeString(directory.resolve(name + ".yaml"), stream.definition().yaml()));
    }
    var settings = new LinkedHashMap<String, Object>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000);
    this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    reader.start();
  }

  /** Starts an instance of all pipelines, or starts it again on its disk. */
  void start(String name) {
    start(name, documents);
  }

  /** Starts an instance of these. */
  void start(String name, List<Path> of) {
    instances.put(name, StatefulInstance.start(directory, name, bootstrapServers, of));
  }

  StatefulInstance instance(String name) {
    var instance = instances.get(name);
    if (instance == null || !instance.isAlive()) {
      throw new AssertionError(name + " does not run; see its log in " + directory);
    }
    return instance;
  }

  /** The names of the instances that run. */
  List<String> alive() {
    return instances.entrySet().stream().filter(each -> each.getValue().isAlive()).map(Map.Entry::getKey).toList();
  }

  /** Sends so many records of each stream a second until {@link #finish}. */
  void send(int recordsPerSecond) {
    sender = new Thread(() -> send(TimeUnit.SECONDS.toNanos(1) / recordsPerSecond), "load");
    sender.start();
  }

  private void send(long nanos) {
    long start = System.nanoTime();
    for (long i = 0; sending; i++) {
      LockSupport.parkNanos(start + i * nanos - System.nanoTime());
      all().forEach(stream -> stream.send(producer, () -> failed.set(true)));
    }
  }

  private List<KafkaStream> all() {
    return streams.values().stream().distinct().toList();
  }

  private void read() {
    var partitions = streams.keySet().stream().flatMap(topic -> IntStream.range(0, KafkaStream.PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition))).toList();
    Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!closing) {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> streams.get(record.topic()).see(record));
      }
    }
  }

  /** Waits until answers of all streams flow from all partitions to records that are sent from now on. */
  void awaitFlow() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (var stream : all()) {
      stream.awaitFlow(until);
    }
  }

  /** Ends the sending, and returns when each record has an answer, and a second later, for answers that should not be there. */
  void finish() throws InterruptedException {
    sending = false;
    sender.join();
    producer.flush();
    if (failed.get()) {
      throw new IllegalStateException("records could not be sent");
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (var stream : all()) {
      stream.awaitAll(until);
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
  }

  @Override
  public void close() throws InterruptedException {
    sending = false;
    closing = true;
    sender.join();
    reader.join();
    producer.close();
    instances.values().forEach(StatefulInstance::close);
  }
}
