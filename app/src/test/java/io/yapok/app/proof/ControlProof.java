package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form's controls: what is wrong on purpose must be found. */
@Timeout(1800)
class ControlProof {
  private static final int SCAN_MS = 1000;
  private static final int RATE = 500;
  private static final int KILLS = 5;

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
  void shouldSeeDuplicatesWhenDeliveryIsAtLeastOnce() throws Exception {
    var workload = new Workload("control-alo", Seed.of("control-alo"));
    try (var scene = new Scene(workload, directory, kafka, Controls.AT_LEAST_ONCE)) {
      scene.load().start(RATE);
      new Killing(scene).run(KillPlan.of(workload.seed(), KILLS));

      var outcome = scene.outcome(scene.finish(), KILLS);

      Report.add(outcome);
      assertThat(outcome.verdict().duplicated()).isPositive();
      assertThat(outcome.verdict().mismatched()).as("what was remembered twice").isPositive();
    }
  }

  @Test
  void shouldSeeRecordsLostWhenTheFoldGivesTheWrongOffset() throws Exception {
    var workload = new Workload("control-fold", Seed.of("control-fold"));
    try (var scene = new Scene(workload, directory, kafka, Controls.SMALL_BATCHES)) {
      var outcome = scene.outcome(Controls.breakTheFold(scene), 1);

      Report.add(outcome);
      assertThat(outcome.verdict().lost()).isPositive();
    }
  }
}
