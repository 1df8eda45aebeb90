package io.yapok.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model so slow that a poll of ordinary size would outlast the poll interval many times: four tasks on one thread, with a backlog on all partitions at its cold start. */
class SlowModelIT {
  static final int PARTITIONS = 4;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  @Test
  void shouldNotRebalanceWhenADrainTakesLongerThanThePollInterval() throws Exception {
    answerWithoutRebalance("slow", Duration.ofMillis(150), Duration.ofSeconds(6), 21);
  }

  /** All rows together take three times the interval. Every record is run once, by the one member that was there from the start, in the group's first generations. */
  final void answerWithoutRebalance(String name, Duration rowTime, Duration pollInterval, int recordsPerPartition) throws Exception {
    int records = PARTITIONS * recordsPerPartition;
    assertThat(rowTime.multipliedBy(records)).isGreaterThan(pollInterval.multipliedBy(2));
    topics.createFor(name, PARTITIONS);
    topics.send(name, PARTITIONS, TestPipelines.numbers(records));
    var options = StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
    var rebalances = new AtomicInteger();
    try (var pipeline = TestPipelines.slowModel(TestPipelines.yaml(name, name + "-out", name + "-bad"), rowTime);
        var running = Yapok.stream(pipeline, Map.of("max.poll.interval.ms", Long.toString(pollInterval.toMillis())), options)) {
      running.onStateChange(now -> rebalances.addAndGet(now == RunningPipeline.State.REBALANCING ? 1 : 0));
      running.start();
      assertThat(topics.await(1, PARTITIONS, name + "-out")).isNotEmpty();
      var members = members(name);
      int before = rebalances.get();
      double joined = rebalancesOf(running);

      topics.awaitCommitted(name, name, PARTITIONS);

      assertThat(topics.await(records, PARTITIONS, name + "-out")).hasSize(records);
      assertThat(running.counters().in()).as("work done, repeated work included").isEqualTo(records);
      assertThat(rebalances).hasValue(before);
      assertThat(rebalancesOf(running)).as("rebalances of the member").isEqualTo(joined);
      assertThat(members(name)).hasSize(1).isEqualTo(members);
    }
  }

  private static double rebalancesOf(RunningPipeline running) {
    return running.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("rebalance-total") || metric.metricName().name().equals("failed-rebalance-total"))
        .mapToDouble(metric -> metric.metricValue() instanceof Double total ? total : 0)
        .sum();
  }

  private static List<String> members(String group) throws Exception {
    try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", topics.bootstrapServers()))) {
      return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream().map(MemberDescription::consumerId).toList();
    }
  }
}
