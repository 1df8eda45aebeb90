package io.yapok.app.internal.state;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.cluster.Topics;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import io.yapok.state.StateCodec;
import io.yapok.topology.StateTopics;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes lines of state into an application's changelog, all of them or none, while no instance runs. The next start restores what is loaded: an instance that has state on its disk reads on
 * in the changelog from where that ends, and the loaded lines stand behind it. For one thread.
 */
public final class StateLoad {
  private static final int ROUND = 100_000;

  /** The longest that brokers allow by default: what is loaded is one transaction. */
  private static final int TRANSACTION_TIMEOUT_MS = 900_000;

  private final Map<String, Object> client;
  private final String applicationId;
  private final String source;
  private final boolean repartition;
  private final Consumer<String> progress;

  /**
   * Loads for an application.
   *
   * @param client settings of Kafka's clients
   * @param source the pipeline's source topic, whose partitions the state has
   * @param repartition whether each key goes where Kafka's partitioner places it, whatever the lines say
   */
  public StateLoad(Map<String, Object> client, String applicationId, String source, boolean repartition, Consumer<String> progress) {
    this.client = Map.copyOf(client);
    this.applicationId = applicationId;
    this.source = source;
    this.repartition = repartition;
    this.progress = progress;
  }

  /**
   * Loads a file.
   *
   * @param name of the file, for messages
   * @return how many lines
   * @throws ProblemsException if a line is none; nothing is loaded then
   * @throws EnvironmentException if instances run, or the cluster does not do it
   */
  public long load(BufferedReader lines, String name) throws IOException, InterruptedException {
    try (Topics topics = new Topics(client)) {
      requireNobody(topics);
      String changelog = StateTopics.changelog(applicationId);
      int partitions = partitions(topics, changelog);
      try (KafkaProducer<byte[], byte[]> producer = producer()) {
        producer.initTransactions();
        producer.beginTransaction();
        long loaded = send(lines, name, new Target(producer, changelog, partitions));
        producer.flush();
        requireNobody(topics); // who started meanwhile has not seen it
        producer.commitTransaction();
        return loaded;
      } catch (KafkaException e) {
        throw new EnvironmentException("loading failed (" + e.getMessage() + "); nothing is loaded", cluster(), "see what the cluster says, and load again", e);
      }
    }
  }

  /** Where lines go. */
  private record Target(KafkaProducer<byte[], byte[]> producer, String topic, int partitions) {
    void send(StateLine line, int partition) {
      var _ = producer.send(new ProducerRecord<>(topic, partition, line.key(), line.value())); // one that fails fails the commit
    }
  }

  private long send(BufferedReader lines, String name, Target target) throws IOException {
    StateCodec codec = new StateCodec();
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      try {
        send(StateLine.parse(line, codec), target);
      } catch (IllegalArgumentException e) {
        throw new ProblemsException(new Problem("the line cannot be loaded: " + e.getMessage() + "; nothing is loaded", new Where(name, Math.toIntExact(number), 1, ""), "mend it, or leave it out"));
      }
      if (number % ROUND == 0) {
        progress.accept(String.format(Locale.ROOT, "%,d sent", number));
      }
    }
    return number;
  }

  private void send(StateLine line, Target target) {
    boolean placed = line.partition() >= 0 && !repartition;
    if (placed && line.partitions() != target.partitions) {
      throw new IllegalArgumentException("it is of a topic of " + line.partitions() + " partitions, and " + target.topic + " has " + target.partitions + " (--repartition places each key anew)");
    }
    if (placed) {
      target.send(line, line.partition());
    } else if (StateCodec.isReserved(line.key())) {
      IntStream.range(0, target.partitions).forEach(partition -> target.send(line, partition)); // schemas stand beside their values
    } else {
      target.send(line, BuiltInPartitioner.partitionForKey(line.key(), target.partitions));
    }
  }

  private void requireNobody(Topics topics) throws InterruptedException {
    if (topics.hasMembers(applicationId)) {
      throw new EnvironmentException("instances of " + applicationId + " run, and would not see what is loaded; nothing is loaded", cluster(), "stop every instance and wait for the session time-out");
    }
  }

  private int partitions(Topics topics, String changelog) throws InterruptedException {
    Optional<TopicDescription> there = topics.describe(changelog);
    if (there.isEmpty()) {
      int needed = topics.describe(source).orElseThrow(() -> new EnvironmentException("there is no topic " + source, cluster(), "check the pipeline document and the address")).partitions().size();
      topics.createCompacted(changelog, needed);
      return needed;
    }
    return there.get().partitions().size();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(client);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-state-load");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private String cluster() {
    return String.valueOf(client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
  }
}
