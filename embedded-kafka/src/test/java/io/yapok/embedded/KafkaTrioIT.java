package io.yapok.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.embedded.internal.Quorum;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class KafkaTrioIT {
  @TempDir private Path directory;

  @Test
  void shouldServeTransactionsWhenOneOfThreeIsKilledAndAgainWhenAllWere() {
    try (KafkaTrio kafka = KafkaTrio.start(directory, Map.of())) {
      kafka.createTopic("t", 2);
      kafka.kill(1);
      Records.write(kafka, "t", true, "without one");
      kafka.restart(1);
      kafka.killAll();
      kafka.startAll();

      assertThat(Records.read(kafka, "t", 1)).containsExactly("without one");
    }
  }

  @Test
  void shouldReadWhatAQuorumWrites() {
    Quorum quorum = new Quorum("x8K0saJ5SNeOggc9QCUjIQ", 2, List.of(1, 2, 3));

    assertThat(Quorum.parse(quorum.toString())).isEqualTo(quorum);
    assertThatThrownBy(() -> Quorum.parse("alone")).isInstanceOf(IllegalArgumentException.class);
  }
}
