package io.yapok.topology.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.topology.KafkaTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table joined as of the record's time, one with its newest rows and a global one, in two instances that are killed in turn or end in good order, and start again on their disks, while rows and records come: each record is joined
 * with the rows that a map of all rows says. Two minutes.
 */
class TablesProof {
  private static final int PARTITIONS = 4;
  private static final int ROUNDS = 200;
  private static final int ROUNDS_A_SECOND = 2;
  private static final int ROWS_A_ROUND = 60;
  private static final int RECORDS_A_ROUND = 200;
  private static final int FAULTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;

  private final long seed = Long.getLong("yapok.proof.seed", new Random().nextLong());
  private final Random random = new Random(~seed);
  private final JoinedRecords joined = new JoinedRecords(seed, System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1));
  private final List<ConsumerRecord<byte[], byte[]>> answers = new ArrayList<>();
  private final AtomicReference<Exception> failed = new AtomicReference<>();

  @Test
  void shouldJoinEachRecordWithTheRowOfItsTimeWhenInstancesAreKilled() throws Exception {
    System.out.println("TablesProof: seed " + seed);
    topics.createFor(JoinedRecords.NAME, PARTITIONS);
    for (String table : List.of("-prices", "-limits", "-items")) {
      topics.create(JoinedRecords.NAME + table, PARTITIONS, Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", "86400000"));
    }
    Path document = Files.writeString(directory.resolve("tables.yaml"), JoinedRecords.yaml());
    Thread load = new Thread(this::load, "load");
    int kills = 0;
    try (KafkaConsumer<byte[], byte[]> reader = topics.reader(PARTITIONS, JoinedRecords.NAME + "-out", JoinedRecords.NAME + "-bad")) {
      sendTables();
      StatefulInstance[] running = {instance(document, 0), instance(document, 1)};
      running[0].awaitRunning(PATIENCE);
      load.start();
      for (int fault = 0; fault < FAULTS; fault++) {
        read(reader, answers.size() + RECORDS_A_ROUND * (2 + random.nextInt(8)), PATIENCE);
        int which = random.nextInt(2);
        if (fault % 4 == 3) {
          running[which].stop();
        } else {
          running[which].kill();
          kills++;
        }
        running[which] = instance(document, which);
      }
      load.join();
      read(reader, joined.sent(), PATIENCE);
      read(reader, answers.size() + 1, Duration.ofSeconds(2)); // for what should not be there
      running[0].close();
      running[1].close();
    }
    assertThat(failed.get()).isNull();

    JoinedRecords.Verdict verdict = joined.check(answers, JoinedRecords::asOfRecord);
    int oneBefore = joined.check(answers, JoinedRecords::oneBefore).mismatched();
    int newest = joined.check(answers, JoinedRecords::newest).mismatched();
    System.out.printf(
        "TablesProof: %,d records and %,d rows, %d kills and %d clean restarts, %,d answers: %d lost, %d duplicated, %d mismatched; by the row before %,d would be, by the newest %,d (seed %d)%n",
        joined.sent(), joined.rows(), kills, FAULTS - kills, answers.size(), verdict.lost(), verdict.duplicated(), verdict.mismatched(), oneBefore, newest, seed);
    assertThat(verdict).as("seed %d", seed).isEqualTo(new JoinedRecords.Verdict(0, 0, 0, List.of()));
    assertThat(List.of(oneBefore, newest)).as("wrong readings are caught").allSatisfy(caught -> assertThat(caught).isGreaterThan(joined.sent() / 2));
  }

  private StatefulInstance instance(Path document, int which) {
    return StatefulInstance.start(directory, which == 0 ? "a" : "b", topics.bootstrapServers(), List.of(document));
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return topics.producer(Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 600_000));
  }

  private void sendTables() {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      joined.complete().forEach(row -> send(producer, row));
      for (int round = -2 * JoinedRecords.LEAD; round < 0; round++) {
        joined.rows(round, ROWS_A_ROUND).forEach(row -> send(producer, row));
      }
    }
  }

  /** In each round its records, and then rows for those of later rounds. */
  private void load() {
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int round = 0; round < ROUNDS; round++) {
        LockSupport.parkNanos(start + round * TimeUnit.SECONDS.toNanos(1) / ROUNDS_A_SECOND - System.nanoTime());
        joined.records(round, RECORDS_A_ROUND).forEach(record -> send(producer, record));
        joined.rows(round, ROWS_A_ROUND).forEach(row -> send(producer, row));
        producer.flush();
      }
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record, (metadata, exception) -> failed.compareAndSet(null, exception));
  }

  private void read(KafkaConsumer<byte[], byte[]> reader, int count, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (answers.size() < count && System.nanoTime() < until) {
      reader.poll(Duration.ofMillis(50)).forEach(answers::add);
    }
  }
}
