package io.yapok.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What tests of other modules count on, whichever Kafka the switch chose. */
class KafkaClustersIT {

  @Test
  void shouldServeTransactionsOnACreatedTopic() {
    try (KafkaCluster kafka = KafkaClusters.start()) {
      kafka.createTopic("t", 2);
      Records.write(kafka, "t", false, "never");
      Records.write(kafka, "t", true, "a", "b");
      assertThat(Records.read(kafka, "t", 2)).containsExactlyInAnyOrder("a", "b");
    }
  }
}
