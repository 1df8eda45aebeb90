package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.Await;
import io.yapok.embedded.KafkaCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A pipeline that counts the records of each of very many keys, its load and its checker: a record of each key, then a trickle, and every result must say how many came before it. Key {@code n} is in partition
 * {@code n % 4}. Used by one thread; results are followed on another.
 */
final class Remembered implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Pattern SEEN = Pattern.compile("\"seen\":\\[?(\\d+)");
  private static final Pattern LAG = Pattern.compile("\"from\":\"standby\".*\"lag\":(\\d+)");
  private static final Pattern PARTITIONS = Pattern.compile("\"partitions\":\\[([0-9,]*)]");
  private static final int FOLLOWS = 1_000;
  private static final String YAML =
      """
      name: NAME
      source: {topic: NAME, format: json, fields: {x: float64}}
      state: {features: {before: count}, standbys: STANDBYS}
      steps:
        - transform: {seen: state.before, twice: x * 2.0}
      sink: {topic: NAME-out, format: json}
      rejects: fail
      """;

  private final String name;
  private final Path directory;
  private final String bootstrapServers;
  private final Path pipeline;
  private final int keys;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final int[] counts;
  private final Thread reader = new Thread(this::read, "results");
  private final Thread sender = new Thread(this::send, "trickle");
  private volatile int rate;
  private volatile boolean sending = true;
  private volatile boolean reading = true;
  private volatile Recovery recovery = new Recovery(0, new HashSet<>(), new CompletableFuture<>());

  private record Recovery(long since, Set<Integer> left, CompletableFuture<Duration> done) {}

  Remembered(String name, Path directory, KafkaCluster kafka, int keys, int standbys) throws IOException {
    this.name = name;
    this.directory = directory;
    this.bootstrapServers = kafka.bootstrapServers();
    this.keys = keys;
    this.counts = new int[keys];
    List.of(name, name + "-out").forEach(topic -> kafka.createTopic(topic, Workload.PARTITIONS, Map.of()));
    this.pipeline = Files.writeString(directory.resolve(name + ".yaml"), YAML.replace("NAME", name).replace("STANDBYS", Integer.toString(standbys)));
    this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10), new ByteArraySerializer(), new ByteArraySerializer());
    reader.start();
  }

  Path pipeline() {
    return pipeline;
  }

  Managed start(String instance) throws IOException {
    return Managed.start(pipeline, directory, name + "-" + instance, directory.resolve(name + "-" + instance + "-state"), bootstrapServers);
  }

  /** Waits until each instance has half of the partitions. */
  void awaitShared(Managed... instances) throws InterruptedException {
    for (var instance : instances) {
      Await.until("partitions are shared", Scene.PATIENCE, () -> partitionsOf(instance).size() == Workload.PARTITIONS / instances.length);
    }
  }

  /** The partitions that an instance works on; none while they move. */
  Set<Integer> partitionsOf(Managed instance) {
    var found = PARTITIONS.matcher(ask(instance, "count?hop=1"));
    var partitions = new HashSet<Integer>();
    if (found.find() && !found.group(1).isEmpty()) {
      for (var partition : found.group(1).split(",")) {
        partitions.add(Integer.valueOf(partition));
      }
    }
    return partitions;
  }

  /** A record of each key, answered when this returns. */
  void fill() throws InterruptedException {
    for (int key = 0; key < keys; key++) {
      sendOne(key);
    }
    producer.flush();
    awaitSeen("each key is answered", keys);
  }

  /** Waits until an instance has read almost all that another has written. */
  void awaitFollowing(Managed follower, Managed owner) throws InterruptedException {
    for (int partition : partitionsOf(owner)) {
      Await.until(
          "partition " + partition + " is followed",
          Scene.PATIENCE,
          () -> {
            var lag = LAG.matcher(ask(follower, "get?hop=1&key=" + key(partition)));
            return lag.find() && Long.parseLong(lag.group(1)) < FOLLOWS;
          });
    }
  }

  /** Sends on at a steady rate, until {@link #finish}. */
  void trickle(int recordsPerSecond) {
    rate = recordsPerSecond;
    sender.start();
  }

  /** A fault happens now: how long from here until results of records sent from now on come from each of these partitions. */
  CompletableFuture<Duration> recovery(Set<Integer> partitions) {
    var done = new CompletableFuture<Duration>();
    recovery = new Recovery(System.nanoTime(), new HashSet<>(partitions), done);
    return done;
  }

  /** Ends the sending, waits for all results and says what is wrong with them. */
  Verdict finish() throws InterruptedException {
    sending = false;
    sender.join();
    producer.flush();
    long in = sent.get();
    awaitSeen("all is answered", in);
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)); // for what should not come
    long out = seen.get();
    return new Verdict(in, out, 0, Math.max(0, in - out), Math.max(0, out - in), wrong.get(), 0, List.of());
  }

  private void awaitSeen(String what, long results) throws InterruptedException {
    Await.until(what, Scene.PATIENCE, () -> seen.get() >= results || !reader.isAlive());
    assertThat(reader.isAlive()).as(what + ", and whoever reads it lives").isTrue();
  }

  private void send() {
    var choice = new SplittableRandom(keys);
    long start = System.nanoTime();
    for (long i = 0; sending; i++) {
      LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / rate - System.nanoTime());
      sendOne(choice.nextInt(keys));
    }
  }

  private void sendOne(int key) {
    var record = new ProducerRecord<>(name, key % Workload.PARTITIONS, key(key).getBytes(UTF_8), "{\"x\":1}".getBytes(UTF_8));
    record.headers().add(Load.SENT, ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array());
    var _ = producer.send(record);
    sent.incrementAndGet();
  }

  private void read() {
    try (KafkaConsumer<byte[], byte[]> consumer = Readers.committed(bootstrapServers, name + "-out")) {
      while (reading) {
        var results = consumer.poll(POLL);
        long now = System.nanoTime();
        results.forEach(result -> note(result, now));
      }
    }
  }

  /** A result says how many records of its key came before, so any that is lost, comes twice or was answered from other state is seen. */
  private void note(ConsumerRecord<byte[], byte[]> result, long now) {
    int key = Integer.parseInt(new String(result.key(), UTF_8).substring(1));
    var said = SEEN.matcher(new String(result.value(), UTF_8));
    if (!said.find() || Integer.parseInt(said.group(1)) != counts[key]) {
      wrong.incrementAndGet();
    }
    counts[key]++;
    seen.incrementAndGet();
    var waiting = recovery;
    long when = ByteBuffer.wrap(result.headers().lastHeader(Load.SENT).value()).getLong();
    if (when - waiting.since > 0 && waiting.left.remove(key % Workload.PARTITIONS) && waiting.left.isEmpty()) {
      waiting.done.complete(Duration.ofNanos(now - waiting.since));
    }
  }

  private String ask(Managed instance, String question) {
    try {
      return instance.ask("/state/" + name + "/" + question).text();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String key(int number) {
    return "k" + number;
  }

  @Override
  public void close() throws InterruptedException {
    sending = false;
    reading = false;
    sender.join();
    reader.join();
    producer.close();
  }
}
