package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.Steps;
import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RegistryStub;
import io.yapok.schemas.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines with tables, without a broker. */
class TablesTest {
  private static final String SHOP =
      """
      name: shop
      source: {topic: in, rows: items, fields: {item: int64}}
      tables:
        users: {topic: users, as_of: record, history: 1h, fields: {age: float64}}
        points: {topic: points, fields: {sum: {type: float64, default: 0}}}
        items: {topic: items, global: true, by: item, fields: {price: float64}}
      steps:
        - transform: {paid: "table.items.price * 100.0 + table.users.age + table.points.sum / 100.0"}
      sink: {topic: out}
      rejects: {topic: bad}
      """;
  private static final Pattern PAID = Pattern.compile("\"paid\":(\\[[^]]*]|[-0-9.E]+)");

  @TempDir private Path state;

  private static Pipeline pipeline(String yaml) {
    return new Pipeline(Steps.compile(PipelineDocument.parse(yaml, "shop.yaml")));
  }

  private TopologyTestDriver driver(Pipeline pipeline) {
    var settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:0");
    return new TopologyTestDriver(Yapok.topology(pipeline, "app"), settings);
  }

  private static void send(TopologyTestDriver driver, String topic, long timestamp, @Nullable String key, @Nullable String value) {
    send(driver, topic, timestamp, key, value == null ? null : value.getBytes(UTF_8));
  }

  private static void send(TopologyTestDriver driver, String topic, long timestamp, @Nullable String key, byte @Nullable [] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key == null ? null : key.getBytes(UTF_8), value, new RecordHeaders(), Instant.ofEpochMilli(timestamp)));
  }

  /** What the records were answered since the last call. */
  private static List<String> paid(TopologyTestDriver driver) {
    var answers = new ArrayList<String>();
    driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer()).readValuesToList().forEach(value -> {
      var matcher = PAID.matcher(new String(value, UTF_8));
      assertThat(matcher.find()).as(new String(value, UTF_8)).isTrue();
      answers.add(matcher.group(1));
    });
    return answers;
  }

  private static List<Map<String, String>> rejects(TopologyTestDriver driver) {
    var rejects = new ArrayList<Map<String, String>>();
    driver.createOutputTopic("bad", new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecordsToList().forEach(record -> {
      var headers = new HashMap<String, String>();
      record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
      rejects.add(headers);
    });
    return rejects;
  }

  @Test
  void shouldKeepTheTopologyAsTheGoldenFileHasIt() throws IOException {
    try (var pipeline = pipeline(SHOP);
        var golden = TablesTest.class.getResourceAsStream("topology-joining.txt")) {
      var described = Yapok.topology(pipeline, "app").describe().toString().strip();

      assertThat(golden).as("the golden file of\n%s", described).isNotNull();
      assertThat(described).isEqualToNormalizingNewlines(new String(golden.readAllBytes(), UTF_8).strip());
    }
  }

  @Test
  void shouldJoinARecordOnceWithItsUserAndEachRowWithItsItem() {
    try (var pipeline = pipeline(SHOP);
        var driver = driver(pipeline)) {
      send(driver, "users", 100, "u", "{\"age\":40}");
      send(driver, "points", 100, "u", "{\"sum\":50}");
      send(driver, "items", 0, "7", "{\"price\":1}");
      send(driver, "items", 0, "8", "{\"price\":2}");
      send(driver, "in", 200, "u", "{\"items\":[{\"item\":7},{\"item\":8},{\"item\":7}]}");
      send(driver, "in", 200, "u", "{\"items\":[]}");

      assertThat(paid(driver)).containsExactly("[140.5,240.5,140.5]", "[]");
      assertThat(rejects(driver)).isEmpty();
    }
  }

  @Test
  void shouldSeeTheRowAsOfTheRecordsTimestampWhateverTheOrderOfTheRows() {
    try (var pipeline = pipeline(SHOP);
        var driver = driver(pipeline)) {
      send(driver, "items", 0, "7", "{\"price\":0}");
      send(driver, "users", 3_000, "u", "{\"age\":3}");
      send(driver, "users", 1_000, "u", "{\"age\":1}");
      send(driver, "users", 4_000, "u", (String) null);
      send(driver, "users", 2_000, "u", "{\"age\":2}");
      for (long timestamp : new long[] {3_999, 1_000, 2_500, 1_999, 3_000, 2_000, 3_999}) {
        send(driver, "in", timestamp, "u", "{\"items\":[{\"item\":7}]}");
      }
      assertThat(paid(driver)).containsExactly("[3.0]", "[1.0]", "[2.0]", "[1.0]", "[3.0]", "[2.0]", "[3.0]");

      send(driver, "in", 999, "u", "{\"items\":[{\"item\":7}]}");
      send(driver, "in", 4_000, "u", "{\"items\":[{\"item\":7}]}");
      assertThat(rejects(driver)).hasSize(2).allSatisfy(reject -> assertThat(reject).containsEntry("yapok.reject.reason", "no_table_row").containsEntry("yapok.reject.step", "tables").containsEntry("yapok.reject.field", "table.users"));

      send(driver, "users", 500, "u", "{\"age\":5}"); // a row that comes later still is between those that are there
      send(driver, "in", 999, "u", "{\"items\":[{\"item\":7}]}");
      send(driver, "in", 1_000, "u", "{\"items\":[{\"item\":7}]}");
      assertThat(paid(driver)).containsExactly("[5.0]", "[1.0]");
    }
  }

  @Test
  void shouldRejectARecordThatIsOlderThanTheVersionsRatherThanGuess() {
    try (var pipeline = pipeline(SHOP);
        var driver = driver(pipeline)) {
      send(driver, "items", 0, "7", "{\"price\":0}");
      send(driver, "users", 0, "old", "{\"age\":9}");
      send(driver, "users", 0, "u", "{\"age\":1}");
      send(driver, "users", 10_000_000, "u", "{\"age\":2}");
      send(driver, "in", 5_000, "u", "{\"items\":[{\"item\":7}]}");
      send(driver, "in", 5_000, "old", "{\"items\":[{\"item\":7}]}");
      send(driver, "users", 5_000, "u", "{\"age\":3}");

      assertThat(rejects(driver))
          .satisfiesExactly(
              reject -> assertThat(reject).containsEntry("yapok.reject.reason", "no_table_row").hasEntrySatisfying("yapok.reject.message", message -> assertThat(message).contains("longer history")),
              reject -> assertThat(reject).containsEntry("yapok.reject.reason", "row_too_old").containsEntry("__streams.errors.topic", "users").containsEntry("__streams.errors.offset", "3"));
      assertThat(paid(driver)).as("the newest row of a key is kept for ever").containsExactly("[9.0]");
    }
  }

  @Test
  void shouldKeepTheRowBeforeWhenOneCannotBeRead() {
    try (var pipeline = pipeline(SHOP);
        var driver = driver(pipeline)) {
      send(driver, "items", 0, "7", "{\"price\":1}");
      send(driver, "items", 0, "7", "{\"price\":\"much\"}");
      send(driver, "items", 0, "7", "nonsense");
      send(driver, "users", 0, "u", "{\"age\":1}");
      send(driver, "users", 1, "u", "{\"age\":");
      send(driver, "users", 2, null, "{\"age\":2}");
      send(driver, "in", 5_000, "u", "{\"items\":[{\"item\":7}]}");

      assertThat(paid(driver)).containsExactly("[101.0]");
      assertThat(rejects(driver))
          .satisfiesExactly(
              reject -> assertThat(reject).containsEntry("yapok.reject.reason", "truncated").containsEntry("yapok.reject.step", "tables").containsEntry("__streams.errors.topic", "users").containsEntry("__streams.errors.offset", "1"),
              reject -> assertThat(reject).containsEntry("yapok.reject.reason", "null_key"));
    }
  }

  @Test
  void shouldStopAtARowThatCannotBeReadWhenThePipelineSaysSo() {
    try (var pipeline = pipeline(SHOP.replace("rejects: {topic: bad}", "rejects: fail"));
        var driver = driver(pipeline)) {
      assertThatThrownBy(() -> send(driver, "users", 0, "u", "nonsense")).rootCause().hasMessageStartingWith("the record at offset 0 of users-0 was rejected (malformed, step tables");
    }
  }

  @Test
  void shouldJoinByTheKeyThatTheSourcesFieldGives() {
    try (var pipeline = pipeline(SHOP.replace("{topic: in,", "{topic: in, key: user,"));
        var driver = driver(pipeline)) {
      send(driver, "users", 100, "u", "{\"age\":40}");
      send(driver, "items", 0, "7", "{\"price\":1}");
      send(driver, "in", 200, null, "{\"user\":\"u\",\"items\":[{\"item\":7}]}");

      assertThat(paid(driver)).containsExactly("[140.0]");
    }
  }

  @Test
  void shouldJoinAGlobalTableTwiceByTwoFields() {
    String yaml =
        """
        name: transfers
        source: {topic: in}
        tables:
          from: {topic: accounts, global: true, by: sender, fields: {risk: float64}}
          to: {topic: accounts, global: true, by: receiver, fields: {risk: float64}}
        steps:
          - transform: {paid: table.from.risk * 10.0 + table.to.risk}
        sink: {topic: out}
        rejects: {topic: bad}
        """;
    try (var pipeline = pipeline(yaml);
        var driver = driver(pipeline)) {
      send(driver, "accounts", 0, "a", "{\"risk\":1}");
      send(driver, "accounts", 0, "b", "{\"risk\":2}");
      send(driver, "in", 0, null, "{\"sender\":\"a\",\"receiver\":\"b\"}");
      send(driver, "accounts", 0, "a", "{\"risk\":3}");
      send(driver, "in", 0, null, "{\"sender\":\"a\",\"receiver\":\"b\"}");

      assertThat(paid(driver)).containsExactly("12.0", "32.0");
    }
  }

  @Test
  void shouldReadRowsInAvroByWhateverSchemaEachWasWrittenWith() throws IOException {
    var first = avro("{\"name\":\"age\",\"type\":\"int\"},{\"name\":\"price\",\"type\":\"long\"}");
    var second = avro("{\"name\":\"note\",\"type\":\"string\"},{\"name\":\"cost\",\"type\":[\"null\",\"double\"],\"default\":null,\"aliases\":[\"price\"]},{\"name\":\"age\",\"type\":[\"null\",\"float\"],\"default\":null}");
    try (var registry = new RegistryStub(0)) {
      registry.putSchema(1, first.toString());
      registry.putSchema(2, second.toString());
      String yaml = SHOP.replace("topic: users,", "topic: users, format: avro,").replace("topic: items,", "topic: items, format: avro,") + "kafka: {" + SchemaRegistry.URL + ": \"" + registry.url() + "\"}\n";
      try (var pipeline = pipeline(yaml);
          var driver = driver(pipeline)) {
        send(driver, "items", 0, "7", AvroBytes.framed(1, first, Map.of("age", 0, "price", 1L)));
        send(driver, "users", 1_000, "u", AvroBytes.framed(1, first, Map.of("age", 40, "price", 0L)));
        send(driver, "in", 3_000, "u", "{\"items\":[{\"item\":7}]}");
        send(driver, "users", 2_000, "u", AvroBytes.framed(2, second, Map.of("note", "n", "age", 41.5f)));
        send(driver, "items", 0, "7", AvroBytes.framed(2, second, Map.of("note", "n", "cost", 2.0)));
        send(driver, "in", 3_000, "u", "{\"items\":[{\"item\":7}]}");
        send(driver, "in", 1_500, "u", "{\"items\":[{\"item\":7}]}");
        assertThat(paid(driver)).as("by the old schemas, by the new ones, and by both").containsExactly("[140.0]", "[241.5]", "[240.0]");

        byte[] right = AvroBytes.framed(2, second, Map.of("note", "n", "age", 50f));
        send(driver, "users", 2_500, "u", Arrays.copyOfRange(right, 5, right.length)); // Avro without the registry's frame
        send(driver, "users", 2_501, "u", AvroBytes.framed(99, second, Map.of("note", "n")));
        send(driver, "users", 2_502, "u", Arrays.copyOf(right, right.length - 1));
        send(driver, "users", 2_503, "u", "{\"age\":1}");
        send(driver, "items", 0, "7", Arrays.copyOf(right, 7));
        send(driver, "in", 3_000, "u", "{\"items\":[{\"item\":7}]}");
        assertThat(paid(driver)).as("the rows before stay").containsExactly("[241.5]");
        assertThat(rejects(driver))
            .extracting(reject -> reject.get("yapok.reject.reason") + " " + reject.get("__streams.errors.topic"))
            .containsExactly("not_framed users", "unknown_schema users", "truncated users", "not_framed users");

        send(driver, "users", 2_600, "u", AvroBytes.framed(2, second, Map.of("note", "without an age")));
        send(driver, "in", 3_000, "u", "{\"items\":[{\"item\":7}]}");
        send(driver, "users", 2_700, "u", (byte[]) null);
        send(driver, "in", 3_000, "u", "{\"items\":[{\"item\":7}]}");
        assertThat(rejects(driver)).hasSize(2).allSatisfy(reject -> assertThat(reject).containsEntry("yapok.reject.reason", "no_table_row"));
      }
    }
  }

  private static Schema avro(String fields) {
    return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
  }

  @Test
  void shouldRefuseOtherTablesForARunningPipelineAndTakeOtherFields() {
    try (var pipeline = pipeline(SHOP)) {
      var other = Steps.compile(PipelineDocument.parse(SHOP.replace("topic: points", "topic: scores"), "shop.yaml"));
      assertThatThrownBy(() -> pipeline.replace(other)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tables' topics");
      other.close();
      var versioned = Steps.compile(PipelineDocument.parse(SHOP.replace("topic: points,", "topic: points, as_of: record,"), "shop.yaml"));
      assertThatThrownBy(() -> pipeline.replace(versioned)).isInstanceOf(IllegalArgumentException.class);
      versioned.close();
      try (var driver = driver(pipeline)) {
        send(driver, "items", 0, "7", "{\"price\":1,\"cost\":3}");
        send(driver, "users", 0, "u", "{\"age\":1}");
        send(driver, "in", 5, "u", "{\"items\":[{\"item\":7}]}");
        pipeline.replace(Steps.compile(PipelineDocument.parse(SHOP.replace("price", "cost"), "shop.yaml")));
        send(driver, "in", 5, "u", "{\"items\":[{\"item\":7}]}");

        assertThat(paid(driver)).containsExactly("[101.0]", "[301.0]");
      }
    }
  }
}
