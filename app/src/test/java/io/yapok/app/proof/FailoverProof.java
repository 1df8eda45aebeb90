package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of two instances dies that remember a million keys ({@code -Dyapok.proof.keys=N} for another number): how long the partitions that move give no results, where the other has followed them and where
 * it must restore them; and whether any count is wrong afterwards.
 */
@Timeout(1800)
class FailoverProof {
  private static final int SCAN_MS = 10_000;
  private static final int KEYS = Integer.getInteger("yapok.proof.keys", 1_000_000);
  private static final int RATE = 400;

  /** What Yapok says when a partition of so many changes is restored. */
  private static final Pattern RESTORED = Pattern.compile("restored ([0-9,]+) changes of \\S+ in ([0-9.]+) s");
  private static final int WORTH_SAYING = 100_000;

  @TempDir private static Path directory;
  private static KafkaProcess kafka;

  @BeforeAll
  static void startKafka() {
    kafka = Brokers.one(directory, SCAN_MS);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0})
  void shouldGoOnWithTheStateOfTheDeadInstance(int standbys) throws Exception {
    var name = standbys == 0 ? "failover-restore" : "failover-standby";
    var remembered = new Remembered(name, directory, kafka, KEYS, standbys);
    try (var dies = remembered.start("a");
        var lives = remembered.start("b")) {
      remembered.awaitShared(dies, lives);
      remembered.fill();
      if (standbys > 0) {
        remembered.awaitFollowing(lives, dies);
      }
      remembered.trickle(RATE);
      var moving = remembered.partitionsOf(dies);

      var recovery = remembered.recovery(moving);
      dies.instance().kill();
      Duration took = Watch.await(recovery, Scene.PATIENCE);

      var bound = Bound.of(remembered.pipeline(), SCAN_MS);
      var verdict = remembered.finish();
      var outcome = new Outcome(name, 0, verdict, 1, List.of(took.toMillis() / 1000.0), List.of(), standbys == 0 ? 0 : bound.seconds(), standbys == 0 ? "none" : bound.text());
      Report.add(outcome);
      report(lives.instance().read());
      assertThat(verdict.isClean()).as("%s", verdict).isTrue();
      if (standbys > 0) {
        assertThat(outcome.worst()).isLessThan(bound.seconds());
      } else if (KEYS / Workload.PARTITIONS >= WORTH_SAYING) {
        assertThat(RESTORED.matcher(lives.instance().read()).find()).as("restored").isTrue();
      }
    } finally {
      remembered.close();
    }
  }

  /** The rate of restoring: all that was restored by the time that the slowest partition took, since they are restored side by side. */
  private static void report(String log) {
    long changes = 0;
    double seconds = 0;
    var restored = RESTORED.matcher(log);
    while (restored.find()) {
      changes += Long.parseLong(restored.group(1).replace(",", ""));
      seconds = Math.max(seconds, Double.parseDouble(restored.group(2)));
    }
    if (changes > 0) {
      System.out.printf(Locale.ROOT, "restored %,d keys in %.3f s: %,.0f keys/s%n", changes, seconds, changes / seconds);
    }
  }
}
