package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Steps are replaced while records flow. */
class SwapIT {
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 60_000;
  private static final Pattern ANSWER =
      Pattern.compile("\"in\":\\{\"x\":(\\d+)}.*\"y\":([0-9.E]+).*\"pipeline_version\":\"(\\d+)\".*\"partition\":(\\d+),\"offset\":(\\d+)");

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  @Test
  void shouldAnswerEveryRecordByOneVersionInOrderWhenStepsAreReplacedUnderLoad() throws Exception {
    topics.createFor("swap", PARTITIONS);
    topics.send("swap", PARTITIONS, TestPipelines.numbers(RECORDS));
    var yaml = TestPipelines.yaml("swap", "swap-out", "swap-bad") + "batch: {records: 50}\n";
    var models = new ArrayList<TestModel>(List.of(new TestModel(Duration.ZERO)));
    int versions = 1;
    List<ConsumerRecord<byte[], byte[]>> out;
    var options = StreamOptions.of(topics.bootstrapServers(), "swap").withThreads(2).withStateDirectory(state);
    try (var pipeline = new Pipeline(TestPipelines.version(yaml, versions, models.getFirst()))) {
      try (var running = Yapok.stream(pipeline, Map.of(), options)) {
        running.start();
        for (long next = 1; running.counters().in() < RECORDS && running.state() != RunningPipeline.State.FAILED; ) {
          if (running.counters().batches() >= next) {
            next = running.counters().batches() + 5;
            models.add(new TestModel(Duration.ZERO));
            pipeline.replace(TestPipelines.version(yaml, ++versions, models.getLast()));
          }
          Thread.onSpinWait();
        }
        out = topics.await(RECORDS, PARTITIONS, "swap-out");
        assertThat(running.counters().threadFailures()).isZero();
      }
    }

    assertThat(versions).as("replaced under load").isGreaterThan(20);
    assertThat(out).extracting(record -> text(record.key())).hasSize(RECORDS).doesNotHaveDuplicates();
    assertThat(answeringVersions(out)).as("versions that answered").isGreaterThan(10);
    assertThat(models).as("models let go of").allMatch(TestModel::isFree);
  }

  /** How many versions answered; each record by the one that it names, offsets and versions of a source partition rising. */
  private static long answeringVersions(List<ConsumerRecord<byte[], byte[]>> out) {
    var lastOffset = new HashMap<String, Long>();
    var lastVersion = new HashMap<String, Integer>();
    var seen = new HashMap<Integer, Integer>();
    for (var record : out) {
      var answer = ANSWER.matcher(text(record.value()));
      assertThat(answer.find()).as(text(record.value())).isTrue();
      int version = Integer.parseInt(answer.group(3));
      assertThat(Double.parseDouble(answer.group(2))).isEqualTo(version * Double.parseDouble(answer.group(1)));
      var from = answer.group(4) + " to " + record.partition();
      long offset = Long.parseLong(answer.group(5));
      assertThat(offset).as(from).isGreaterThan(lastOffset.getOrDefault(from, -1L));
      assertThat(version).as(from).isGreaterThanOrEqualTo(lastVersion.getOrDefault(from, 0));
      lastOffset.put(from, offset);
      lastVersion.put(from, version);
      seen.merge(version, 1, Integer::sum);
    }
    return seen.size();
  }
}
