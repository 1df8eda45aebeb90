package io.yapok.app.proof;

import io.yapok.embedded.KafkaTrio;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form: brokers die, one of three at a time or all of them. */
@Timeout(3600)
class BrokerProof {
  private static final int RATE = 300;
  private static final int KILLS = 5;
  private static final Duration AWAY = Duration.ofSeconds(70);

  @TempDir private static Path directory;
  private static KafkaTrio kafka;

  @BeforeAll
  static void startKafka() {
    kafka = KafkaTrio.start(directory, Map.of());
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void shouldAnswerEveryRecordOnceInOrderWhenBrokersAreKilledOneAtATime() throws Exception {
    var workload = new Workload("broker-kills", Seed.of("broker-kills"));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      var faults = new BrokerFaults(scene, kafka);
      faults.start(RATE);
      faults.killOneByOne(workload.seed(), KILLS);

      Assert.clean(scene.outcome(scene.finish(), KILLS));
    }
  }

  @Test
  void shouldAnswerEveryRecordOnceInOrderWhenAllBrokersAreAway() throws Exception {
    var workload = new Workload("brokers-away", Seed.of("brokers-away"));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      var faults = new BrokerFaults(scene, kafka);
      faults.start(RATE);
      faults.killAll(AWAY);

      Assert.clean(scene.outcome(scene.finish(), 1));
    }
  }
}
