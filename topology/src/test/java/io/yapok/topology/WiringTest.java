package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The topology without a broker, and so without our client hooks: every record is a batch of one, and the answers are the same. */
class WiringTest {
  @ParameterizedTest
  @CsvSource({"plain, ''", "rekeyed, key: account", "remembering, state"})
  void shouldKeepTheTopologyAsTheGoldenFileHasIt(String name, String change) throws IOException {
    var yaml = TestPipelines.DOUBLING;
    if (change.startsWith("key")) {
      yaml = yaml.replace("{topic: in,", "{topic: in, " + change + ",");
    } else if (change.equals("state")) {
      yaml += "state: {features: {seen: count}}\n";
    }
    try (var pipeline = TestPipelines.doubling(yaml);
        var golden = WiringTest.class.getResourceAsStream("topology-" + name + ".txt")) {
      var described = Yapok.topology(pipeline, "app").describe().toString().strip();

      assertThat(golden).as("the golden file of\n%s", described).isNotNull();
      assertThat(described).isEqualToNormalizingNewlines(new String(golden.readAllBytes(), UTF_8).strip());
    }
  }

  @Test
  void shouldKeepKeyTimestampAndHeadersOfARecord() {
    try (var pipeline = TestPipelines.doubling();
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      var headers = new RecordHeaders().add("traceparent", "00-1".getBytes(UTF_8)).add("ce_id", "7".getBytes(UTF_8));
      input(driver).pipeInput(new TestRecord<>("k".getBytes(UTF_8), "{\"x\":21}".getBytes(UTF_8), headers, Instant.ofEpochMilli(1234)));

      var out = read(driver, "out");
      assertThat(out.key()).isEqualTo("k".getBytes(UTF_8));
      assertThat(out.timestamp()).isEqualTo(1234);
      assertThat(out.headers()).extracting(Header::key).containsExactly("traceparent", "ce_id");
      assertThat(text(out.value())).contains("\"y\":42.0");
    }
  }

  @Test
  void shouldMakeResultsOfCloudEventsEventsOfTheirOwn() {
    try (var pipeline = TestPipelines.doubling();
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      var headers = new RecordHeaders();
      Map.of("ce_specversion", "1.0", "ce_id", "7", "ce_source", "/shop", "ce_type", "shop.paid", "ce_dataschema", "s", "ce_partner", "p", "content-type", "text/json").forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
      input(driver).pipeInput(new TestRecord<>("k".getBytes(UTF_8), "{\"x\":21}".getBytes(UTF_8), headers, Instant.ofEpochMilli(1)));
      input(driver).pipeInput(new TestRecord<>("k".getBytes(UTF_8), "{\"x\":\"no\"}".getBytes(UTF_8), headers, Instant.ofEpochMilli(1)));

      assertThat(headers(read(driver, "out")))
          .isEqualTo(Map.of("ce_specversion", "1.0", "ce_id", "7", "ce_source", "/yapok/doubling", "ce_type", "io.yapok.result", "ce_partner", "p", "content-type", "application/json"));
      assertThat(headers(read(driver, "bad"))).as("a reject is the record as it came").containsEntry("ce_type", "shop.paid").containsEntry("content-type", "text/json").containsEntry("ce_dataschema", "s");
    }
  }

  @Test
  void shouldSendWhatCannotBeAnsweredToTheDeadLetterTopicWithItsReason() {
    try (var pipeline = TestPipelines.doubling();
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      var headers = new RecordHeaders().add("mine", "1".getBytes(UTF_8));
      input(driver).pipeInput(new TestRecord<>("k".getBytes(UTF_8), "{\"x\":\"no\"}".getBytes(UTF_8), headers, Instant.ofEpochMilli(1234)));

      var bad = read(driver, "bad");
      assertThat(bad.key()).isEqualTo("k".getBytes(UTF_8));
      assertThat(text(bad.value())).isEqualTo("{\"x\":\"no\"}");
      assertThat(bad.timestamp()).isEqualTo(1234);
      assertThat(headers(bad))
          .containsEntry("mine", "1")
          .containsEntry("__streams.errors.topic", "in")
          .containsEntry("__streams.errors.partition", "0")
          .containsEntry("__streams.errors.offset", "0")
          .containsEntry("yapok.reject.reason", "wrong_type")
          .containsEntry("yapok.reject.step", "source")
          .containsEntry("yapok.reject.field", "x")
          .containsEntry("yapok.pipeline", "doubling")
          .containsEntry("yapok.pipeline_version", "0123456789abcdef")
          .containsKeys("__streams.errors.exception", "__streams.errors.message", "yapok.reject.message");
      assertThat(read(driver, "out")).isNull();
    }
  }

  @Test
  void shouldStopAtARejectWhenThePipelineSaysSo() {
    var yaml = TestPipelines.DOUBLING.replace("rejects: {topic: bad}", "rejects: fail");
    try (var pipeline = TestPipelines.doubling(yaml);
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      assertThatThrownBy(() -> input(driver).pipeInput((byte[]) null, "nonsense".getBytes(UTF_8)))
          .rootCause()
          .hasMessageStartingWith("the record at offset 0 of in-0 was rejected (malformed, step source")
          .hasMessageEndingWith("rejects: fail");
    }
  }

  @Test
  void shouldPassATombstoneOnWhenThePipelineSaysSo() {
    var yaml = TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, tombstone: pass,");
    try (var pipeline = TestPipelines.doubling(yaml);
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      input(driver).pipeInput("k".getBytes(UTF_8), (byte[]) null);

      var out = read(driver, "out");
      assertThat(out.key()).isEqualTo("k".getBytes(UTF_8));
      assertThat(out.value()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldKeyByTheFieldAndNameTheSourceInTheResult(String field, String key) {
    var yaml = TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, key: account,");
    try (var pipeline = TestPipelines.doubling(yaml);
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      input(driver).pipeInput((byte[]) null, "{\"x\":1}".getBytes(UTF_8));
      input(driver).pipeInput("old".getBytes(UTF_8), ("{\"x\":4,\"account\":" + field + "}").getBytes(UTF_8));

      var out = read(driver, "out");
      assertThat(text(out.key())).isEqualTo(key);
      assertThat(text(out.value())).contains("\"y\":8.0").contains("\"offset\":1");
      assertThat(out.headers()).isEmpty();
      assertThat(headers(read(driver, "bad"))).containsEntry("yapok.reject.reason", "missing_field").containsEntry("__streams.errors.offset", "0");
    }
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("\"a-1\"", "a-1"),
        Arguments.of("\"\\u00e4\\n\\\"\"", "ä\n\""),
        Arguments.of("17", "17"),
        Arguments.of("1.50", "1.50"),
        Arguments.of("true", "true"));
  }

  @Test
  void shouldSendARejectOfARekeyedPipelineWithItsOriginalKeyAndHeaders() {
    var yaml = TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, key: account,");
    try (var pipeline = TestPipelines.doubling(yaml);
        var driver = driver(Yapok.topology(pipeline, "app"))) {
      var mine = new RecordHeaders().add("yapok.origin", "a user's own".getBytes(UTF_8));
      input(driver).pipeInput(new TestRecord<>("old".getBytes(UTF_8), "{\"x\":-1,\"account\":\"new\"}".getBytes(UTF_8), mine, Instant.ofEpochMilli(9)));

      var bad = read(driver, "bad");
      assertThat(text(bad.key())).isEqualTo("old");
      assertThat(headers(bad))
          .containsEntry("yapok.origin", "a user's own")
          .containsEntry("yapok.reject.step", "twice")
          .containsEntry("__streams.errors.topic", "in")
          .containsEntry("__streams.errors.offset", "0");
    }
  }

  @Test
  void shouldScoreInsideAUsersOwnStream() {
    try (var pipeline = TestPipelines.doubling()) {
      var builder = new StreamsBuilder();
      var records = builder.stream("mine", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()));
      Yapok.process(records, pipeline).to("theirs", Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
      try (var driver = driver(builder.build())) {
        var input = driver.createInputTopic("mine", new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput("a".getBytes(UTF_8), "{\"x\":3}".getBytes(UTF_8));
        input.pipeInput("b".getBytes(UTF_8), "[]".getBytes(UTF_8));
        input.pipeInput("c".getBytes(UTF_8), (byte[]) null);
        input.pipeInput("d".getBytes(UTF_8), "{\"x\":5}".getBytes(UTF_8));

        assertThat(values(driver, "theirs")).hasSize(2).first().asString().contains("\"y\":6.0");
        assertThat(read(driver, "bad").key()).isEqualTo("b".getBytes(UTF_8));
        assertThat(headers(read(driver, "bad"))).containsEntry("yapok.reject.reason", "null_value").containsEntry("__streams.errors.offset", "2");
      }
    }
  }

  private static TopologyTestDriver driver(Topology topology) {
    var config = new Properties();
    config.putAll(
        Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "app", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1", StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0));
    return new TopologyTestDriver(topology, config);
  }

  private static TestInputTopic<byte[], byte[]> input(TopologyTestDriver driver) {
    return driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static TestRecord<byte[], byte[]> read(TopologyTestDriver driver, String topic) {
    var output = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.isEmpty() ? null : output.readRecord();
  }

  private static List<String> values(TopologyTestDriver driver, String topic) {
    return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()).readValuesToList().stream().map(WiringTest::text).toList();
  }

  private static Map<String, String> headers(TestRecord<byte[], byte[]> record) {
    var headers = new HashMap<String, String>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return headers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
