package io.yapok.topology.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import io.yapok.topology.reference.KafkaStream.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random pipelines on Kafka, some at a time in two instances with standbys, under {@code kill -9}: every answer is there once and is what the reference says. */
@Timeout(1800)
class RandomPipelinesProof {
  private static final int GROUPS = Integer.getInteger("yapok.state.groups", 5);
  private static final int PIPELINES_A_GROUP = 4;
  private static final int KILLS_A_GROUP = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int RATE = 60;
  private static final int KEYS = 30;
  private static final long[] UNITS = {1, 10, 250};
  private static final long SIX_HOURS = TimeUnit.HOURS.toMillis(6);

  @TempDir private static Path directory;
  private static KafkaProcess kafka;

  private long records;
  private boolean controlled;

  @BeforeAll
  static void startKafka() {
    kafka =
        KafkaProcess.builder()
            .dataDirectory(directory.resolve("kafka"))
            .log(directory.resolve("kafka.log"))
            .setting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000")
            .jvmOption("-XX:TieredStopAtLevel=1")
            .start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void shouldRememberWhatTheReferenceSaysWhenInstancesAreKilled() throws Exception {
    long first = Long.getLong("yapok.proof.seed", new Random().nextInt(1_000_000_000));
    System.out.println("random pipelines on Kafka: repeat with -Dyapok.proof.seed=" + first);

    for (int group = 0; group < GROUPS; group++) {
      play(group, first + (long) group * PIPELINES_A_GROUP);
    }

    System.out.printf("%d pipelines, %d kills, %d records: 0 mismatches, 0 lost, 0 duplicated%n", GROUPS * PIPELINES_A_GROUP, GROUPS * KILLS_A_GROUP, records);
  }

  private void play(int group, long seed) throws Exception {
    var streams = new ArrayList<KafkaStream>();
    for (long each = seed; each < seed + PIPELINES_A_GROUP; each++) {
      streams.add(stream(each));
    }
    try (var scene = new KafkaScene(kafka, Files.createDirectory(directory.resolve("group" + group)), streams)) {
      scene.start("one");
      scene.start("two");
      scene.send(RATE);
      scene.awaitFlow();
      kill(scene, new Random(seed));
      scene.finish();
    }
    for (int i = 0; i < streams.size(); i++) {
      check(seed + i, streams.get(i));
    }
  }

  private static KafkaStream stream(long seed) {
    var random = new Random(seed);
    long unit = UNITS[random.nextInt(UNITS.length)];
    var definition = new RandomDefinitions(random, unit).next("random-" + seed);
    return new KafkaStream(definition, new RandomStream(random, definition, KEYS, unit, System.currentTimeMillis() - SIX_HOURS, false)::next);
  }

  /**
   * Some are started again at once on their disk, some at once on an empty one, some when the other has taken over; every fourth is followed by the next before that. Most victims have had partitions, others
   * may be killed while they start.
   */
  private static void kill(KafkaScene scene, Random random) throws Exception {
    for (int kill = 0; kill < KILLS_A_GROUP; kill++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1500)));
      var alive = scene.alive();
      var victim = alive.get(random.nextInt(alive.size()));
      if (random.nextInt(6) > 0) {
        scene.instance(victim).awaitRunning(PATIENCE);
      }
      scene.instance(victim).kill();
      int restart = random.nextInt(3);
      long start = System.nanoTime();
      if (restart < 2) {
        scene.start(restart == 0 ? victim : victim + "-" + kill);
      }
      if (restart == 2 || random.nextInt(4) > 0) {
        scene.awaitFlow();
      }
      System.out.printf("killed %s, started again %s, on to the next after %.1f s%n", victim, List.of("at once", "on an empty disk", "later").get(restart), (System.nanoTime() - start) / 1e9);
      if (restart == 2) {
        scene.start(victim);
      }
    }
    scene.awaitFlow();
  }

  private void check(long seed, KafkaStream stream) {
    var verdict = Verdict.of(new Reference(stream.definition()), stream.sent(), stream.seen());
    records += verdict.in();
    System.out.printf(
        "seed %d: %d features and sequences, in %d, out %d, rejected %d, lost %d, duplicated %d, mismatched %d, out of order %d%n",
        seed, stream.definition().names().size(), verdict.in(), verdict.out(), verdict.rejected(), verdict.lost(), verdict.duplicated(), verdict.mismatched(), verdict.outOfOrder());
    assertThat(verdict.isClean()).as("seed %d: %s%n%s", seed, verdict.examples(), stream.definition().yaml()).isTrue();
    if (!controlled) {
      control(stream);
      controlled = true;
    }
  }

  /** The same answers without the first, and with the last twice, before the reference of another pipeline: all of it must be found. */
  private static void control(KafkaStream stream) {
    var seen = new ArrayList<>(stream.seen());
    seen.removeFirst();
    seen.add(seen.getLast());

    var verdict = Verdict.of(new Reference(stream.definition().turned()), stream.sent(), seen);

    System.out.println("control: " + verdict.mismatched() + " mismatched, " + verdict.lost() + " lost, " + verdict.duplicated() + " duplicated");
    assertThat(verdict.mismatched()).isPositive();
    assertThat(verdict.lost()).isEqualTo(1);
    assertThat(verdict.duplicated()).isEqualTo(1);
  }
}
