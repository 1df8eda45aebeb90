package io.yapok.topology.internal;

import static io.yapok.topology.KafkaTopics.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.topology.KafkaTopics;
import io.yapok.topology.TestPipelines;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An instance is killed in the midst of its work and another takes over; what a read_committed consumer then sees is counted. */
class KillIT {
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 40_000;
  private static final int KILL_AFTER = 8_000;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;

  @Test
  void shouldAnswerEveryRecordExactlyOnceInOrderWhenAnInstanceIsKilled() throws Exception {
    var count = killOneAndCount("killed", List.of());

    assertThat(count.results.size()).isEqualTo(RECORDS);
    assertThat(count.missing()).isEmpty();
    assertThat(count.duplicated()).isEmpty();
    assertThat(count.outOfOrder()).isZero();
  }

  @Test
  void shouldSeeRecordsMissingWhenTheEngineCommitsPastWaitingBatches() throws Exception {
    var count = killOneAndCount("broken", List.of("broken"));

    assertThat(count.missing()).as("a checker that cannot fail checks nothing").isNotEmpty();
  }

  private Count killOneAndCount(String name, List<String> how) throws Exception {
    topics.createFor(name, PARTITIONS);
    topics.send(name, PARTITIONS, TestPipelines.numbers(RECORDS));
    var first = instance(name, "first", how);
    try {
      int seen = topics.await(KILL_AFTER, PARTITIONS, name + "-out").size();
      assertThat(seen).as("killed in the midst of its work").isBetween(KILL_AFTER, RECORDS - 1);
    } finally {
      first.destroyForcibly().waitFor();
    }
    var second = instance(name, "second", how);
    try {
      topics.awaitCommitted(name, name, PARTITIONS);
    } finally {
      second.getOutputStream().close();
      if (!second.waitFor(20, TimeUnit.SECONDS)) {
        second.destroyForcibly();
      }
    }
    return new Count(all(name + "-out"));
  }

  /** All that is committed. The ends are the logs' own: a killed instance's open transaction hides what comes after it until the broker aborts it. */
  private static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer = topics.reader(PARTITIONS, topic)) {
      var ends = topics.logEnds(PARTITIONS, topic);
      while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private Process instance(String name, String instance, List<String> how) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                KillableInstance.class.getName(),
                topics.bootstrapServers(),
                name,
                directory.resolve(instance).toString()));
    command.addAll(how);
    var builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    var log = new File(directory.toFile(), name + "-" + instance + ".log");
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private record Count(List<ConsumerRecord<byte[], byte[]>> results) {
    private Map<String, Integer> byKey() {
      var counts = new TreeMap<String, Integer>();
      results.forEach(result -> counts.merge(text(result.key()), 1, Integer::sum));
      return counts;
    }

    List<String> missing() {
      var counts = byKey();
      return IntStream.range(0, RECORDS).mapToObj(i -> "k" + i).filter(key -> !counts.containsKey(key)).limit(20).toList();
    }

    List<String> duplicated() {
      return byKey().entrySet().stream().filter(entry -> entry.getValue() > 1).map(Map.Entry::getKey).limit(20).toList();
    }

    /** Results of one source partition are in the order of their offsets there, within each partition of the sink. */
    long outOfOrder() {
      var last = new HashMap<String, Long>();
      long wrong = 0;
      for (var result : results) {
        var value = text(result.value());
        var from = value.replaceAll(".*\"partition\":(\\d+).*", "$1") + " to " + result.partition();
        long offset = Long.parseLong(value.replaceAll(".*\"offset\":(\\d+).*", "$1"));
        wrong += offset <= last.getOrDefault(from, -1L) ? 1 : 0;
        last.put(from, offset);
      }
      return wrong;
    }
  }
}
