package io.yapok.topology.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A feature is added to a pipeline with many keys by restarting its two instances one after the other under load: what was remembered goes on, the new feature starts at its default. */
@Timeout(900)
class EvolutionProof {
  private static final int KEYS = Integer.getInteger("yapok.state.keys", 1_000_000);
  private static final int RATE = 500;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

  @TempDir private Path directory;

  private final EvolvingKeys keys = new EvolvingKeys(KEYS, 200 * RATE, System.currentTimeMillis() - TimeUnit.HOURS.toMillis(6));
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile boolean sending = true;
  private volatile boolean reading = true;

  @Test
  void shouldKeepEveryKeyWhenAFeatureIsAddedByARollingRestart() throws Exception {
    var log = directory.resolve("kafka.log");
    try (var kafka = KafkaProcess.builder().dataDirectory(directory.resolve("kafka")).log(log).setting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000").start();
        var producer = producer(kafka.bootstrapServers())) {
      List.of("evolving", "evolving-out", "evolving-bad").forEach(topic -> kafka.createTopic(topic, EvolvingKeys.PARTITIONS, Map.of()));
      var before = List.of(Files.writeString(directory.resolve("before.yaml"), EvolvingKeys.before()));
      var after = List.of(Files.writeString(directory.resolve("after.yaml"), EvolvingKeys.after()));
      var reader = new Thread(() -> read(kafka.bootstrapServers()), "results");
      reader.start();
      try (var one = start("one", kafka, before);
          var two = start("two", kafka, before)) {
        long begin = System.nanoTime();
        keys.sendEach(record -> send(producer, record));
        keys.awaitAll(until());
        say("%d keys filled in %.1f s", KEYS, begin);

        var load = new Thread(() -> load(producer), "load");
        load.start();
        keys.awaitFlow(until());
        try (var newOne = restart("one", one, kafka, after);
            var newTwo = restart("two", two, kafka, after)) {
          sending = false;
          load.join();
          keys.awaitAll(until());
          keys.sendEach(record -> send(producer, record));
          keys.awaitAll(until());
        }
      } finally {
        sending = false;
        reading = false;
        reader.join();
      }
    }

    var verdict = keys.check();

    System.out.println("a feature added to " + KEYS + " keys: " + verdict);
    assertThat(failed).isFalse();
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
    assertThat(verdict.mismatched()).as("%s", verdict.examples()).isZero();
    assertThat(verdict.restarted()).as("each key was shown the new feature's default").isGreaterThanOrEqualTo(KEYS);
  }

  private StatefulInstance start(String name, KafkaProcess kafka, List<Path> documents) {
    return StatefulInstance.start(directory, name, kafka.bootstrapServers(), documents);
  }

  /** Returns when results flow from all partitions again. */
  private StatefulInstance restart(String name, StatefulInstance running, KafkaProcess kafka, List<Path> documents) throws Exception {
    long begin = System.nanoTime();
    running.stop();
    var started = start(name, kafka, documents);
    keys.awaitFlow(until());
    say("instance %s restarted, results flow after %.1f s", name, begin);
    started.awaitRunning(Duration.ofMinutes(2));
    keys.awaitFlow(until());
    return started;
  }

  private static void say(String what, Object who, long begin) {
    System.out.printf(what + "%n", who, (System.nanoTime() - begin) / 1e9);
  }

  private static long until() {
    return System.nanoTime() + PATIENCE;
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record, (metadata, exception) -> failed.compareAndSet(false, exception != null));
  }

  private void load(KafkaProducer<byte[], byte[]> producer) {
    long start = System.nanoTime();
    for (long i = 0; sending; i++) {
      LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / RATE - System.nanoTime());
      var record = keys.between();
      if (record == null) {
        return;
      }
      send(producer, record);
    }
  }

  private void read(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions = IntStream.range(0, EvolvingKeys.PARTITIONS).mapToObj(partition -> new TopicPartition("evolving-out", partition)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (reading) {
        consumer.poll(Duration.ofMillis(50)).forEach(keys::see);
      }
    }
  }
}
