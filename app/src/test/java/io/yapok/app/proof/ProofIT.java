package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The short form of the proof, in every build. The broker looks for abandoned transactions more often than by default, so that it stays short. */
@Timeout(1200)
class ProofIT {
  private static final int SCAN_MS = 1000;
  private static final int RATE = 400;

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
  @Execution(ExecutionMode.CONCURRENT)
  void shouldAnswerEveryRecordOnceInOrderWhenInstancesAreKilledOrStopped() throws Exception {
    var workload = new Workload("short", Seed.of("short"));
    try (var scene = scene(workload, "")) {
      new Stopping(scene, Bound.of(scene.pipeline(), SCAN_MS)).run(workload.seed(), 1, RATE);
      new Killing(scene).run(KillPlan.of(workload.seed(), 3));

      Assert.clean(scene.outcome(scene.finish(), 4));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSeeDuplicatesWhenAnInstanceIsKilledThatDeliversAtLeastOnce() throws Exception {
    var workload = new Workload("short-control", Seed.of("short-control"));
    try (var scene = scene(workload, Controls.AT_LEAST_ONCE_RARELY_COMMITTED)) {
      var outcome = scene.outcome(Controls.killAtLeastOnce(scene), 1);

      Report.add(outcome);
      assertThat(outcome.verdict().duplicated()).as("a checker that cannot fail checks nothing").isPositive();
    }
  }

  /** In a directory of its own: scenes here play at the same time. */
  private static Scene scene(Workload workload, String more) throws IOException {
    return new Scene(workload, Files.createDirectory(directory.resolve(workload.name())), kafka, more);
  }
}
