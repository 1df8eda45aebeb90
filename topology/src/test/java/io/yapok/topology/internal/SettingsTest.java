package io.yapok.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.TestPipelines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String INTERCEPTORS = "main.consumer.interceptor.classes";
  private static final StreamOptions OPTIONS = StreamOptions.of("broker:9092", "app");

  @Test
  void shouldSetWhatLatencyAndTheEngineNeed() {
    var config = build("", Map.of(), new Pace());

    assertThat(config)
        .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
        .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 10L)
        .containsEntry(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 2)
        .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true)
        .containsEntry(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, NeverNegativeTimestamp.class)
        .containsEntry("producer.linger.ms", 1)
        .containsEntry("producer.transaction.timeout.ms", 10_000)
        .containsEntry("session.timeout.ms", 8_000)
        .containsEntry("main.consumer.max.poll.records", 2_000)
        .containsEntry("auto.offset.reset", "earliest")
        .containsEntry("group.protocol", "classic")
        .containsEntry(INTERCEPTORS, FoldingInterceptor.class.getName());
    assertThat(new StreamsConfig(config).getMainConsumerConfigs("g", "c", 0).get(FoldingInterceptor.FOLDING_CONFIG)).isInstanceOf(Folding.class);
  }

  @Test
  void shouldLeaveTimeOutsToTheBrokerUnderTheStreamsProtocol() {
    var settings = new Settings(document(""), Map.of(), OPTIONS.withGroupProtocol(StreamOptions.GroupProtocol.STREAMS));

    assertThat(settings.build(folding(), new Pace(), OptionalInt.of(1))).containsEntry("group.protocol", "streams").doesNotContainKeys("session.timeout.ms", "heartbeat.interval.ms", "num.standby.replicas", "max.warmup.replicas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deserialization.exception.handler", "default.deserialization.exception.handler", "production.exception.handler", "processing.exception.handler",
        "errors.dead.letter.queue.topic.name", "buffered.records.per.partition", "processing.guarantee", "application.id", "bootstrap.servers",
        "default.timestamp.extractor", "producer.interceptor.classes", "default.client.supplier", "auto.offset.reset"
      })
  void shouldRefuseWhatYapokOwnsByName(String key) {
    assertThatThrownBy(() -> build("", Map.of(key, "x"), new Pace()))
        .isInstanceOfSatisfying(ProblemsException.class, e -> assertThat(e.problems()).hasSize(1).first().extracting(Problem::what).asString().contains(key));
  }

  @Test
  void shouldRefuseToWaitForEverForOtherTopics() {
    assertThatThrownBy(() -> build("", Map.of("max.task.idle.ms", "-1"), new Pace())).isInstanceOf(ProblemsException.class).hasMessageContaining("max.task.idle.ms");
  }

  @Test
  void shouldNameEveryRefusedSettingAtOnce() {
    assertThatThrownBy(() -> build("", Map.of("application.id", "x", "state.dir", "y"), new Pace()))
        .isInstanceOfSatisfying(ProblemsException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"interceptor.classes", "consumer.interceptor.classes", "main.consumer.interceptor.classes"})
  void shouldPutTheUsersInterceptorsFirst(String key) {
    var config = build("", Map.of(key, "a.B, c.D"), new Pace());

    assertThat(config).containsEntry(INTERCEPTORS, "a.B,c.D," + FoldingInterceptor.class.getName()).doesNotContainKeys("interceptor.classes", "consumer.interceptor.classes");
  }

  @Test
  void shouldLetTheUserOverruleDefaultsByAnyKeyThatKafkaKnows() {
    var config = build("kafka: {linger.ms: 7}\n", Map.of("consumer.max.poll.records", "11", "commit.interval.ms", "500"), new Pace());

    assertThat(config).doesNotContainKeys("producer.linger.ms", "main.consumer.max.poll.records").containsEntry("linger.ms", "7").containsEntry("commit.interval.ms", "500");
  }

  @Test
  void shouldLookUpValuesThroughConfigProviders(@TempDir Path directory) throws Exception {
    var secrets = Files.writeString(directory.resolve("secrets"), "password=hidden\n");

    var config = build("", Map.of("ssl.keystore.password", "${file:" + secrets + ":password}"), new Pace());

    assertThat(config).containsEntry("ssl.keystore.password", "hidden");
  }

  @Test
  void shouldSayWhichSettingNamesAValueThatIsNotThere() {
    assertThatThrownBy(() -> build("", Map.of("ssl.key.password", "${env:YAPOK_SURELY_NOT_SET}"), new Pace()))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("ssl.key.password")
        .hasMessageNotContaining("null");
  }

  @Test
  void shouldPollFewRecordsAtOnceWhereEachTakesLong() {
    var config = build("", Map.of(), new Pace(Duration.ofMillis(500).toNanos()));

    assertThat(config).containsEntry("main.consumer.max.poll.records", 150);
  }

  @ParameterizedTest
  @CsvSource({"max.request.size, 5000, 5000", "producer.max.request.size, 5000, 5000", "producer.buffer.memory, 70000, 70000", "producer.buffer.memory, 9000000000, 1048576"})
  void shouldSendNothingLargerThanARequestOrTheProducersBuffer(String key, String value, int most) {
    assertThat(new Settings(document(""), Map.of(key, value), OPTIONS).maxRequestBytes()).isEqualTo(most);
  }

  @Test
  void shouldGiveTransactionsTimeForLongBatches() {
    assertThat(build("batch: {time: 2s}\n", Map.of(), new Pace())).containsEntry("producer.transaction.timeout.ms", 100_000);
  }

  @Test
  void shouldKeepAStandbyWhereThereIsState() {
    var config = new Settings(document(""), Map.of(), OPTIONS).build(folding(), new Pace(), OptionalInt.of(1));

    assertThat(config)
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("max.warmup.replicas", 4)
        .containsEntry("acceptable.recovery.lag", 100_000L)
        .containsEntry("probing.rebalance.interval.ms", 60_000L)
        .containsEntry("topic.segment.bytes", "67108864");
    assertThat(build("", Map.of(), new Pace())).doesNotContainKeys("num.standby.replicas", "topic.segment.bytes");
  }

  @Test
  void shouldLetTheUserSayHowManyStandbysThereAreAndOnWhichRacks() {
    var kafka = "kafka: {num.standby.replicas: 2, client.tag.zone: a, rack.aware.assignment.tags: zone, rack.aware.assignment.strategy: balance_subtopology, max.warmup.replicas: 9}\n";

    var config = new StreamsConfig(new Settings(document(kafka), Map.of(), OPTIONS).build(folding(), new Pace(), OptionalInt.of(1)));

    assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(2);
    assertThat(config.getInt(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG)).isEqualTo(9);
    assertThat(config.getClientTags()).containsEntry("zone", "a");
    assertThat(config.getList(StreamsConfig.RACK_AWARE_ASSIGNMENT_TAGS_CONFIG)).containsExactly("zone");
    assertThat(config.getString(StreamsConfig.RACK_AWARE_ASSIGNMENT_STRATEGY_CONFIG)).isEqualTo("balance_subtopology");
  }

  @Test
  void shouldSayWhereAnInstanceIsAsked() {
    var config = new Settings(document(""), Map.of(), OPTIONS.withAdvertised("10.0.0.1:9464")).build(folding(), new Pace(), OptionalInt.empty());

    assertThat(config).containsEntry("application.server", "10.0.0.1:9464");
  }

  private static Map<String, Object> build(String more, Map<String, ?> given, Pace pace) {
    return new Settings(document(more), given, OPTIONS).build(folding(), pace, OptionalInt.empty());
  }

  private static PipelineDocument document(String more) {
    return PipelineDocument.parse(TestPipelines.DOUBLING + more, "doubling.yaml");
  }

  private static Folding folding() {
    return new Folding(Set.of("in"), PipelineDocument.BatchLimits.DEFAULT, new Pace(), new Progress(InstantSource.system()));
  }
}
