package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static io.yapok.topology.KafkaTopics.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.ProblemsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole pipelines on a broker. */
class PipelineIT {
  private static final int PARTITIONS = 3;
  private static final Pattern ANSWER = Pattern.compile("\"in\":\\{\"x\":([-0-9.E]+)}.*\"y\":([-0-9.E]+)");

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  @ParameterizedTest
  @CsvSource({"exactly_once_v2, CLASSIC", "at_least_once, CLASSIC", "exactly_once_v2, STREAMS"})
  void shouldAnswerEveryRecordOnceInOrderWithItsOwnAnswer(String delivery, StreamOptions.GroupProtocol protocol) throws Exception {
    var name = delivery.replace('_', '-') + "-" + protocol.name().toLowerCase();
    topics.createFor(name, PARTITIONS);
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var values = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      values.add(random.nextInt(50) == 0 ? "{\"x\":-1}" : "{\"x\":" + (double) (1 + i) + "}");
    }
    topics.send(name, PARTITIONS, values);
    long refused = values.stream().filter(value -> value.equals("{\"x\":-1}")).count();

    try (var pipeline = TestPipelines.doubling(yaml(name) + "delivery: " + delivery + "\n");
        var running = Yapok.stream(pipeline, Map.of(), options(name).withThreads(2).withGroupProtocol(protocol))) {
      running.start();
      var out = topics.await(values.size() - (int) refused, PARTITIONS, name + "-out");
      var bad = topics.await((int) refused, PARTITIONS, name + "-bad");

      assertThat(out).hasSize(values.size() - (int) refused);
      assertThat(bad).hasSize((int) refused);
      assertThat(out).allSatisfy(PipelineIT::isItsOwnAnswer);
      assertThat(out).extracting(record -> text(record.key())).doesNotHaveDuplicates();
      assertInOrder(out);
      var counters = running.counters();
      assertThat(counters.in()).isEqualTo(counters.out() + counters.rejected() + counters.dropped()).isEqualTo(values.size());
      assertThat(counters.batches()).as("records come in batches").isLessThan(values.size() / 20);
      assertThat(counters.stageNanos()).containsOnlyKeys("decode", "twice");
      assertThat(running.lastCommit()).isPresent();
    }
  }

  @Test
  void shouldSendExactlyTheMalformedRecordsToTheDeadLetterTopicOnceEachWithTheirReason() throws Exception {
    topics.createFor("malformed", PARTITIONS);
    var kinds =
        List.of(
            Map.entry("", "malformed"),
            Map.entry("not json", "malformed"),
            Map.entry("{\"x\":1", "truncated"),
            Map.entry("[1]", "wrong_type"),
            Map.entry("{}", "missing_field"),
            Map.entry("{\"x\":null}", "missing_field"),
            Map.entry("{\"x\":\"1\"}", "wrong_type"),
            Map.entry("{\"x\":[1,2]}", "wrong_type"),
            Map.entry("{\"x\":1,\"x\":2}", "duplicate_field"),
            Map.entry("{\"x\":-1}", "expression_failed"));
    var expected = new TreeMap<String, String>();
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < 20_000; i++) {
        byte[] value = "{\"x\":7}".getBytes(UTF_8);
        if (i % 10 == 3) {
          var kind = kinds.get(i / 10 % 10);
          value = kind.getKey().getBytes(UTF_8);
          expected.put("k" + i, kind.getValue());
        }
        producer.send(new ProducerRecord<>("malformed", i % PARTITIONS, ("k" + i).getBytes(UTF_8), value));
      }
    }

    try (var pipeline = TestPipelines.doubling(yaml("malformed"));
        var running = Yapok.stream(pipeline, Map.of(), options("malformed"))) {
      running.start();
      var out = topics.await(18_000, PARTITIONS, "malformed-out");
      var bad = topics.await(2_000, PARTITIONS, "malformed-bad");

      assertThat(out).hasSize(18_000);
      assertThat(bad).hasSize(2_000);
      var reasons = new TreeMap<String, String>();
      bad.forEach(record -> reasons.put(text(record.key()), header(record, "yapok.reject.reason")));
      assertThat(reasons).isEqualTo(expected);
      assertThat(running.counters().rejectedByReason().values()).allMatch(count -> count >= 200).satisfies(c -> assertThat(c.stream().mapToLong(l -> l).sum()).isEqualTo(2000));
    }
  }

  @Test
  void shouldRejectAResultThatTheSinkCannotTakeAndPointToARecordThatTheDeadLetterTopicCannotTake() throws Exception {
    topics.create("large", 1, Map.of("max.message.bytes", "900000"));
    topics.create("large-out", 1, Map.of("max.message.bytes", "3000"));
    topics.create("large-bad", 1, Map.of("max.message.bytes", "2000"));
    var small = "{\"x\":1}";
    var tooLargeForBoth = "{\"x\":2,\"pad\":\"" + "a".repeat(100_000) + "\"}";
    var tooLargeForTheSink = "{\"x\":3,\"pad\":\"" + "a".repeat(1_200) + "\",\"more\":\"" + "b".repeat(10) + "\"}";
    topics.send("large", 1, List.of(small, tooLargeForBoth, small, tooLargeForTheSink.replace("a".repeat(1200), "a".repeat(1200)), small));

    try (var pipeline = TestPipelines.doubling(yaml("large"));
        var running = Yapok.stream(pipeline, Map.of(), options("large"))) {
      running.start();
      var out = topics.await(4, 1, "large-out");
      var bad = topics.await(1, 1, "large-bad");

      assertThat(out).extracting(record -> text(record.key())).containsExactly("k0", "k2", "k3", "k4");
      assertThat(bad).hasSize(1);
      assertThat(text(bad.getFirst().key())).isEqualTo("k1");
      assertThat(bad.getFirst().value()).isEmpty();
      assertThat(header(bad.getFirst(), "yapok.reject.reason")).isEqualTo("result_too_large");
      assertThat(header(bad.getFirst(), "__streams.errors.offset")).isEqualTo("1");
      assertThat(header(bad.getFirst(), "yapok.reject.size")).isEqualTo(Integer.toString(tooLargeForBoth.length()));
    }
  }

  @Test
  void shouldRekeyThroughAFoldedRepartitionTopic() throws Exception {
    topics.createFor("rekeyed", PARTITIONS);
    var values = new ArrayList<String>();
    for (int i = 0; i < 6_000; i++) {
      values.add(i % 100 == 7 ? "{\"x\":1}" : "{\"x\":" + (double) i + ",\"account\":\"a" + i % 10 + "\"}");
    }
    topics.send("rekeyed", PARTITIONS, values);

    try (var pipeline = TestPipelines.doubling(yaml("rekeyed").replace("{topic: rekeyed,", "{topic: rekeyed, key: account,"));
        var running = Yapok.stream(pipeline, Map.of(), options("rekeyed"))) {
      running.start();
      var out = topics.await(5_940, PARTITIONS, "rekeyed-out");
      var bad = topics.await(60, PARTITIONS, "rekeyed-bad");

      assertThat(out).hasSize(5_940).allSatisfy(record -> assertThat(text(record.key())).startsWith("a"));
      assertThat(bad).hasSize(60).allSatisfy(record -> assertThat(header(record, "__streams.errors.topic")).isEqualTo("rekeyed"));
      assertThat(running.counters().in()).isEqualTo(6_000);
      assertThat(running.counters().batches()).isLessThan(1_000);
    }
  }

  @Test
  void shouldRememberEachKeyOverBatchesAndARestart() throws Exception {
    topics.createFor("remembering", PARTITIONS);
    var yaml = yaml("remembering") + "state: {features: {seen: count}}\nbatch: {records: 50}\n";
    for (int run = 1; run <= 2; run++) {
      try (var producer = topics.producer(Map.of())) {
        for (int i = 0; i < 2_000; i++) {
          producer.send(new ProducerRecord<>("remembering", ("k" + i % 7).getBytes(UTF_8), "{\"x\":1}".getBytes(UTF_8)));
        }
      }
      try (var pipeline = TestPipelines.doubling(yaml);
          var running = Yapok.stream(pipeline, Map.of(), options("remembering"))) {
        running.start();
        topics.awaitCommitted("remembering", "remembering", PARTITIONS);
        assertThat(running.stateMemoryBytes()).isPositive();
      }
    }

    var next = new HashMap<String, Integer>();
    var out = topics.await(4_000, PARTITIONS, "remembering-out");
    assertThat(out).hasSize(4_000);
    assertThat(out).allSatisfy(record -> assertThat(text(record.value())).contains("\"seen\":" + (next.merge(text(record.key()), 1, Integer::sum) - 1) + "}"));
  }

  @Test
  void shouldKeepTheOrderOfRecordsWithoutKeys() throws Exception {
    topics.createFor("keyless", PARTITIONS);
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < 3_000; i++) {
        producer.send(new ProducerRecord<>("keyless", i % PARTITIONS, null, ("{\"x\":" + (double) i + "}").getBytes(UTF_8)));
      }
    }

    try (var pipeline = TestPipelines.doubling(yaml("keyless"));
        var running = Yapok.stream(pipeline, Map.of(), options("keyless"))) {
      running.start();
      var out = topics.await(3_000, PARTITIONS, "keyless-out");

      assertThat(out).hasSize(3_000).allSatisfy(record -> assertThat(x(record) % PARTITIONS).isEqualTo(record.partition()));
      assertInOrder(out);
    }
  }

  @Test
  void shouldStopWhenARecordIsRejectedAndThePipelineSaysSo() throws Exception {
    topics.createFor("failing", PARTITIONS);
    topics.send("failing", 1, List.of("{\"x\":1}", "nonsense", "{\"x\":2}"));
    var stopped = new CountDownLatch(1);

    try (var pipeline = TestPipelines.doubling(yaml("failing").replace("rejects: {topic: failing-bad}", "rejects: fail"));
        var running = Yapok.stream(pipeline, Map.of(), options("failing"))) {
      running.onStateChange(
          now -> {
            if (now == RunningPipeline.State.FAILED) {
              stopped.countDown();
            }
          });
      running.start();

      assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(running.failure().orElseThrow()).hasMessageContaining("offset 1 of failing-0").hasMessageContaining("rejects: fail");
      assertThat(topics.await(0, 1, "failing-out")).as("nothing of the batch is committed").isEmpty();
    }
  }

  @Test
  void shouldNameEveryMissingTopicBeforeItStarts() {
    try (var pipeline = TestPipelines.doubling(yaml("nowhere"))) {
      assertThatThrownBy(() -> Yapok.stream(pipeline, Map.of(), options("nowhere")))
          .isInstanceOfSatisfying(
              ProblemsException.class,
              e -> assertThat(e.problems()).hasSize(3).extracting(problem -> problem.where().path()).containsExactly("source.topic", "sink.topic", "rejects.topic"));
    }
  }

  @Test
  void shouldCreateMissingTopicsWhenAsked() throws Exception {
    topics.create("creating", PARTITIONS, Map.of());
    topics.send("creating", PARTITIONS, List.of("{\"x\":1}", "{\"x\":-1}"));

    try (var pipeline = TestPipelines.doubling(yaml("creating"));
        var running = Yapok.stream(pipeline, Map.of(), options("creating").withCreateTopics(true))) {
      running.start();

      assertThat(topics.await(2, PARTITIONS, "creating-out", "creating-bad")).hasSize(2);
    }
  }

  @Test
  void shouldSayThatNoBrokerAnswers() {
    try (var pipeline = TestPipelines.doubling(yaml("nowhere"))) {
      var options = StreamOptions.of("127.0.0.1:1", "nowhere").withCheckTimeout(Duration.ofSeconds(1));

      assertThatThrownBy(() -> Yapok.stream(pipeline, Map.of(), options))
          .isInstanceOfSatisfying(BrokerException.class, e -> assertThat(e.problem().toString()).startsWith("no broker answered within 1 s, 127.0.0.1:1,"));
    }
  }

  private StreamOptions options(String name) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
  }

  private static String yaml(String name) {
    return TestPipelines.DOUBLING.replace("{topic: in,", "{topic: " + name + ",").replace("{topic: out,", "{topic: " + name + "-out,").replace("{topic: bad}", "{topic: " + name + "-bad}");
  }

  private static void isItsOwnAnswer(ConsumerRecord<byte[], byte[]> record) {
    var matcher = ANSWER.matcher(text(record.value()));
    assertThat(matcher.find()).as("an answer: %s", text(record.value())).isTrue();
    assertThat(Double.parseDouble(matcher.group(2))).isEqualTo(2 * Double.parseDouble(matcher.group(1)));
  }

  private static double x(ConsumerRecord<byte[], byte[]> record) {
    var matcher = ANSWER.matcher(text(record.value()));
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** Values of x rise within each source partition; results of one source partition, within a sink partition, must too. */
  private static void assertInOrder(List<ConsumerRecord<byte[], byte[]>> out) {
    var last = new HashMap<String, Double>();
    for (var record : out) {
      var from = text(record.value()).replaceAll(".*\"partition\":(\\d+).*", "$1") + " to " + record.partition();
      double x = x(record);
      assertThat(x).as("%s", from).isGreaterThan(last.getOrDefault(from, -1.0));
      last.put(from, x);
    }
  }
}
