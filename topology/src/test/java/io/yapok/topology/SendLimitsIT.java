package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static io.yapok.topology.KafkaTopics.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a broker would turn away once it is sent, where one refusal dooms the transaction and every later one with the same records. */
class SendLimitsIT {
  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  /** Each result fits the topic; what the producer puts into one request does not. */
  @Test
  void shouldAnswerEveryRecordOnceInOrderWhereTheTopicTakesLessThanTheProducersBatches() throws Exception {
    topics.create("narrow", 1, Map.of());
    topics.create("narrow-out", 1, Map.of("max.message.bytes", "3000"));
    topics.create("narrow-bad", 1, Map.of("max.message.bytes", "3000"));
    topics.send("narrow", 1, TestPipelines.numbers(5_000));
    try (var pipeline = pipeline("narrow");
        var running = Yapok.stream(pipeline, Map.of(), options("narrow"))) {
      running.start();

      var out = topics.await(5_000, 1, "narrow-out");
      assertThat(out).hasSize(5_000);
      assertThat(out).extracting(record -> Integer.parseInt(text(record.key()).substring(1))).isSorted().doesNotHaveDuplicates();
      assertThat(running.counters().in()).isEqualTo(5_000);
      assertThat(running.counters().threadFailures()).isZero();
    }
  }

  /** Brokers refuse timestamps of the future, an hour on by default, and of the past where a topic says so; the source need not. */
  @Test
  void shouldRejectARecordWhoseTimestampTheSinkDoesNotTake() throws Exception {
    topics.create("times", 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
    topics.create("times-out", 1, Map.of("message.timestamp.before.max.ms", Long.toString(Duration.ofDays(1).toMillis())));
    topics.create("times-bad", 1, Map.of());
    long now = System.currentTimeMillis();
    long[] times = {now, now + Duration.ofDays(2).toMillis(), now, now - Duration.ofDays(3).toMillis(), now};
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < times.length; i++) {
        producer.send(new ProducerRecord<>("times", 0, times[i], ("k" + i).getBytes(UTF_8), "{\"x\":1}".getBytes(UTF_8))).get();
      }
    }
    try (var pipeline = pipeline("times");
        var running = Yapok.stream(pipeline, Map.of(), options("times"))) {
      running.start();

      var out = topics.await(3, 1, "times-out");
      var bad = topics.await(2, 1, "times-bad");
      assertThat(out).extracting(record -> text(record.key())).containsExactly("k0", "k2", "k4");
      assertThat(bad).extracting(record -> text(record.key())).containsExactly("k1", "k3");
      assertThat(bad).allSatisfy(record -> assertThat(header(record, "yapok.reject.reason")).isEqualTo("timestamp_refused"));
      assertThat(running.counters().threadFailures()).isZero();
    }
  }

  private StreamOptions options(String name) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
  }

  private static Pipeline pipeline(String name) {
    return TestPipelines.doubling(TestPipelines.yaml(name, name + "-out", name + "-bad"));
  }
}
