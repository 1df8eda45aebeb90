package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.state.StateTable;
import io.yapok.topology.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that never come again, in the topology: deleted by the clock on the wall between batches, as far as the records' time has gone. */
class IdleKeysTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;
  private static final String PIPELINE =
      """
      name: p
      source: {topic: in}
      state: {features: {seen: count}%s}
      steps: [{transform: {before: state.seen}}]
      sink: {topic: out}
      rejects: {topic: bad}
      """;

  @TempDir private Path directory;
  private final List<KeyValue<byte[], byte[]>> changelog = new ArrayList<>();
  private Engine engine;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<byte[], byte[]> out;

  @BeforeEach
  void start() {
    start(", ttl: 1h");
  }

  @AfterEach
  void stop() {
    driver.close();
    engine.pipeline().close();
  }

  @Test
  void shouldDeleteAnIdleKeyFromStoreAndChangelogAndCountIt() {
    send("idle", 0);
    send("living", HOUR);
    tick(10);
    send("living", 2 * DAY);
    assertThat(stored()).containsExactly("idle", "living");
    assertThat(engine.counters().expiredKeys()).isZero();

    tick(10);

    assertThat(stored()).containsExactly("living");
    assertThat(engine.counters().expiredKeys()).isOne();
    assertThat(changes("idle")).as("in the changelog").hasSize(2).last().isNull();
    assertThat(changes("living")).hasSize(2).doesNotContainNull();
    assertThat(changes("\0yapok\0")).as("the schema").hasSize(1).doesNotContainNull();
  }

  @Test
  void shouldBeginAnewWhenADeletedKeyComesAgain() {
    send("a", 0);
    send("a", 1);
    send("b", 3 * DAY);
    tick(10);
    assertThat(stored()).containsExactly("b");

    send("a", 2 * DAY);
    send("a", 2 * DAY);
    send("b", 3 * DAY);

    assertThat(answers()).containsExactly(0, 1, 0, 0, 1, 1);
  }

  @Test
  void shouldRememberAKeyThatComesAsLateAsTheMargin() {
    send("a", 0);
    send("b", HOUR + DAY);
    tick(10);
    send("a", HOUR);

    assertThat(answers()).containsExactly(0, 0, 1);
  }

  @Test
  void shouldKeepAnswersForAsLongAsTheyMayBeAskedFor() {
    restart(", ttl: 1h, dedupe: {within: 3d}");
    in.pipeInput(bytes("a"), bytes("{\"x\":1}"), 0);
    send("b", 4 * DAY);
    tick(10);
    in.pipeInput(bytes("a"), bytes("{\"x\":1}"), 3 * DAY);

    assertThat(engine.counters().duplicates()).isOne();
    send("b", 4 * DAY + DAY / 2);
    tick(10);
    assertThat(stored()).containsExactly("b");
  }

  @Test
  void shouldDeleteManyKeysSomeAtATime() {
    for (int i = 0; i < 2500; i++) {
      send("idle " + i, 0);
    }
    tick(2510); // a slice sees one key at least
    send("living", 3 * DAY);

    tick(1);
    assertThat(engine.counters().expiredKeys()).isLessThanOrEqualTo(1000);
    tick(2510);
    assertThat(engine.counters().expiredKeys()).isEqualTo(2500);
    assertThat(stored()).containsExactly("living");
  }

  @Test
  void shouldNotTakeTheTimeOfARecordFromTheFuture() {
    send("a", 0);
    send("b", System.currentTimeMillis() + 30 * DAY);
    tick(10);

    assertThat(stored()).containsExactly("a", "b");
  }

  @Test
  void shouldDeleteNothingWithoutTtl() {
    restart("");
    send("a", 0);
    send("b", 1000 * DAY);
    tick(10);

    assertThat(stored()).containsExactly("a", "b");
  }

  @Test
  void shouldBeScheduledOnlyWhileThereMayBeIdleKeys() {
    var context = context();
    try (var pipeline = pipeline(", ttl: 1h")) {
      var processor = processor(pipeline);
      processor.init(context);
      assertThat(context.scheduledPunctuators()).as("before the first record").isEmpty();

      processor.process(batch(0, HOUR));
      CapturedPunctuator first = context.scheduledPunctuators().getFirst();
      assertThat(first.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
      for (int i = 0; i < 5; i++) { // a slice sees one key at least
        first.getPunctuator().punctuate(0);
      }
      assertThat(first.cancelled()).as("all keys have been seen").isTrue();

      processor.process(batch(DAY));
      assertThat(context.scheduledPunctuators()).as("none can be idle yet").hasSize(1);

      processor.process(batch(System.currentTimeMillis() + DAY, 3 * DAY, 2 * DAY));
      assertThat(context.scheduledPunctuators()).as("by the latest record that is not from the future").hasSize(2).last().returns(false, CapturedPunctuator::cancelled);
      processor.close();
      assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
    }
  }

  @Test
  void shouldScheduleNothingWithoutTtl() {
    var context = context();
    try (var pipeline = pipeline("")) {
      var processor = processor(pipeline);
      processor.init(context);
      processor.process(batch(0, 1000 * DAY));
      processor.close();
    }

    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  private static PipelineProcessor processor(Pipeline pipeline) {
    return new PipelineProcessor(new Engine(pipeline), false, _ -> new TableMemory(StateTable.inMemory()), new JoinedStores(List.of()), "results", "rejects");
  }

  private static MockProcessorContext<byte[], Parcel> context() {
    var config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    return new MockProcessorContext<>(config);
  }

  /** Records of one poll, each with a key of its own, as folding makes one of them. */
  private static Record<byte[], Parcel> batch(long... timestamps) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long largest = 0;
    for (long timestamp : timestamps) {
      records.add(new ConsumerRecord<>("in", 0, 0, timestamp, TimestampType.CREATE_TIME, -1, -1, bytes("key at " + timestamp), bytes("{}"), new RecordHeaders(), Optional.empty()));
      largest = Math.max(largest, timestamp);
    }
    return new Record<>(null, new Parcel.IncomingBatch(records), largest);
  }

  private void restart(String state) {
    stop();
    start(state);
  }

  private void start(String state) {
    engine = new Engine(pipeline(state));
    var config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    driver = new TopologyTestDriver(new Wiring(engine, "app").topology(), config);
    in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
    out = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Pipeline pipeline(String state) {
    return new Pipeline(Steps.compile(PipelineDocument.parse(PIPELINE.formatted(state), "p.yaml")));
  }

  private void send(String key, long timestamp) {
    in.pipeInput(bytes(key), bytes("{}"), timestamp);
  }

  /** Lets the punctuator come so often, if there is one. */
  private void tick(int times) {
    for (int i = 0; i < times; i++) {
      driver.advanceWallClockTime(Duration.ofMillis(100));
    }
  }

  private List<String> stored() {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore("state");
    List<String> keys = new ArrayList<>();
    try (var all = store.all()) {
      all.forEachRemaining(entry -> keys.add(new String(entry.key.get(), UTF_8)));
    }
    assertThat(keys).as("the schema stays").first().asString().startsWith("\0yapok\0");
    return keys.subList(1, keys.size());
  }

  /** What the changelog has had for keys that begin so. */
  private List<byte[]> changes(String key) {
    changelog.addAll(driver.createOutputTopic("app-state-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer()).readKeyValuesToList());
    List<byte[]> values = new ArrayList<>();
    changelog.stream().filter(change -> new String(change.key, UTF_8).startsWith(key)).forEach(change -> values.add(change.value));
    return values;
  }

  private List<Integer> answers() {
    return out.readValuesToList().stream().map(value -> Integer.valueOf(new String(value, UTF_8).replaceAll(".*\"before\":([0-9]+).*", "$1"))).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
