package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the proof, in every build. */
@Timeout(600)
class ProofIT {
  private static final int SCAN_MS = 2000;

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

  @Test
  void shouldAnswerEveryRecordOnceInOrderWhenInstancesAreKilled() throws Exception {
    var workload = new Workload("kills-short", Seed.of("kills-short"));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      var plan = KillPlan.of(workload.seed(), 3);

      new Killing(scene).run(plan, 400);

      var outcome = scene.outcome(scene.finish(), 3, Bound.seconds(SCAN_MS), Bound.text(SCAN_MS));
      Report.add(outcome);
      assertThat(outcome.verdict().isClean()).as("%s", outcome.verdict()).isTrue();
    }
  }
}
