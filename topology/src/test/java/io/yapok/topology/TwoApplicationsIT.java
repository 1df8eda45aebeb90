package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A JVM holds several applications, each with an engine of its own. */
class TwoApplicationsIT {
  private static final int RECORDS = 10_000;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  @Test
  void shouldKeepApplicationsOfOneJvmApart() throws Exception {
    topics.createFor("first", 2);
    topics.createFor("second", 2);
    topics.send("first", 2, TestPipelines.numbers(RECORDS));
    topics.send("second", 2, TestPipelines.numbers(RECORDS));
    try (var doubling = new Pipeline(TestPipelines.steps(TestPipelines.yaml("first", "first-out", "first-bad"), 2));
        var trebling = new Pipeline(TestPipelines.steps(TestPipelines.yaml("second", "second-out", "second-bad"), 3));
        var first = Yapok.stream(doubling, Map.of(), options("first"));
        var second = Yapok.stream(trebling, Map.of(), options("second"))) {
      first.start();
      second.start();

      assertAnswers("first-out", 2);
      assertAnswers("second-out", 3);
      for (var running : new RunningPipeline[] {first, second}) {
        assertThat(running.counters().in()).isEqualTo(RECORDS);
        assertThat(running.counters().batches()).as("folded").isLessThan(RECORDS / 10);
        assertThat(running.lastCommit()).isPresent();
      }
    }
  }

  private static void assertAnswers(String sink, int factor) {
    var out = topics.await(RECORDS, 2, sink);
    assertThat(out).hasSize(RECORDS);
    assertThat(out)
        .allSatisfy(record -> assertThat(text(record.value())).contains("\"y\":" + (double) factor * Integer.parseInt(text(record.key()).substring(1)) + "}"));
  }

  private StreamOptions options(String name) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
  }
}
