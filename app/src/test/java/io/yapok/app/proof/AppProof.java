package io.yapok.app.proof;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form: instances die, join, leave and stand still, on a broker that looks for abandoned transactions as often as brokers do by default. */
@Timeout(3600)
class AppProof {
  private static final int SCAN_MS = 10_000;
  private static final int RATE = 500;
  /** {@code -Dyapok.proof.kills=N} for a quicker look. */
  private static final int KILLS = Integer.getInteger("yapok.proof.kills", 30);
  private static final int STOPS = 5;

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
  void shouldAnswerEveryRecordOnceInOrderWhenInstancesAreKilledAndJoinAndLeave() throws Exception {
    var workload = new Workload("app-kills", Seed.of("app-kills"));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      scene.load().start(RATE);
      new Killing(scene).run(KillPlan.of(workload.seed(), KILLS));

      Assert.cleanWithinBound(scene.outcome(scene.finish(), KILLS, Bound.of(scene.pipeline(), SCAN_MS)));
    }
  }

  @Test
  void shouldAnswerEveryRecordOnceInOrderWhenInstancesStandStillBeyondTheirTimeOuts() throws Exception {
    var workload = new Workload("app-stops", Seed.of("app-stops"));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      var bound = Bound.of(scene.pipeline(), SCAN_MS);

      new Stopping(scene, bound).run(workload.seed(), STOPS, RATE);

      Assert.cleanWithinBound(scene.outcome(scene.finish(), STOPS, bound));
    }
  }
}
