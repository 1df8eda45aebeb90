package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.Steps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineCounters;
import io.yapok.topology.TestModel;
import io.yapok.topology.TestPipelines;
import io.yapok.schemas.StateSpec;
import io.yapok.state.LateCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a processor makes of one folded poll, where the producer unfolds. */
class PipelineProcessorTest {
  private static final String REKEYING = TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, key: account,");

  private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
  private MockProcessorContext<byte[], Parcel> context;
  private Engine engine;
  private Processor<byte[], Parcel, byte[], Parcel> processor;

  @BeforeEach
  void start() {
    start(TestPipelines.DOUBLING, false);
  }

  @AfterEach
  void stop() {
    processor.close();
  }

  @Test
  void shouldForwardOneRecordForTheResultsAndOneForTheRejectsEachToItsChild() {
    polled("{\"x\":1}", "nonsense", "{\"x\":2}", "{\"x\":-1}");

    assertThat(context.forwarded()).extracting(CapturedForward::childName).containsExactly(Optional.of("results"), Optional.of("rejects"));
    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k0", "k2");
    assertThat(sent(1)).extracting(record -> text(record.key())).containsExactly("k1", "k3");
    assertThat(engine.counters().in()).isEqualTo(4);
    assertThat(engine.counters().out()).isEqualTo(2);
    assertThat(engine.counters().rejected()).isEqualTo(2);
  }

  @Test
  void shouldCountWhatTheSinkDoesNotTakeAsDroppedAndSendNothing() {
    String choosy = TestPipelines.DOUBLING.replace("{topic: out,", "{topic: out, only: y > 2.0,");
    start(new Engine(new Pipeline(Steps.compile(PipelineDocument.parse(choosy, "choosy.yaml")))), false);
    polled("{\"x\":1}", "nonsense", "{\"x\":2}", "{\"x\":0}");
    polled.clear();
    polled("{\"x\":1}");

    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k2");
    assertThat(engine.counters())
        .returns(5L, PipelineCounters::in).returns(1L, PipelineCounters::out).returns(1L, PipelineCounters::rejected).returns(3L, PipelineCounters::dropped)
        .returns(Map.of("filtered", 3L), PipelineCounters::droppedByReason);
  }

  @Test
  void shouldExpectTheNewModelsPaceFromItsFirstBatchOn() {
    polled("{\"x\":1}");
    engine.pipeline().replace(TestPipelines.version(TestPipelines.DOUBLING, 3, new TestModel(Duration.ofMillis(10))));
    polled.clear();
    polled("{\"x\":1}");

    assertThat(engine.pace().recordsIn(Duration.ofMillis(100))).isLessThanOrEqualTo(10);
  }

  @Test
  void shouldRejectATimestampThatTheSinkDoesNotTakeAndGiveTheRejectOneThatIsTaken() {
    long day = Duration.ofDays(1).toMillis();
    engine.limitSends(new SendLimits(1 << 20, 1 << 20, 1, new TimestampLimits(Long.MAX_VALUE, day), new TimestampLimits(Long.MAX_VALUE, day)));
    long now = System.currentTimeMillis();
    polled.add(record(0, "{\"x\":1}", now + 3 * day));
    polled.add(record(1, "{\"x\":1}", now));
    process();

    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k1");
    assertThat(sent(1)).singleElement().satisfies(record -> {
      assertThat(text(record.headers().lastHeader("yapok.reject.reason").value())).isEqualTo("timestamp_refused");
      assertThat(record.timestamp()).isBetween(now + day / 2, now + day);
    });
  }

  @Test
  void shouldForwardNothingWhereThereIsNothing() {
    polled("nonsense", "{\"x\":-1}");

    assertThat(context.forwarded()).extracting(CapturedForward::childName).containsExactly(Optional.of("rejects"));
  }

  @Test
  void shouldGiveEachResultItsOwnRecordsKeyTimestampAndHeadersInOrder() {
    polled("{\"x\":1}", "{\"x\":2}", "{\"x\":3}");

    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k0", "k1", "k2");
    assertThat(sent(0)).extracting(ProducerRecord::timestamp).containsExactly(1_000L, 999L, 998L);
    assertThat(sent(0)).extracting(record -> text(record.headers().lastHeader("mine").value())).containsExactly("0", "1", "2");
    assertThat(sent(0)).extracting(record -> text(record.value()).replaceAll(".*\"offset\":(\\d+).*", "$1")).containsExactly("10", "11", "12");
  }

  @Test
  void shouldForwardFreshHeadersAndLeaveThoseThatCameAsTheyWere() {
    var incoming = new RecordHeaders();
    add("{\"x\":1}", "nonsense");
    processor.process(new Record<>(null, new Parcel.IncomingBatch(polled), 1_000, incoming));

    assertThat(context.forwarded()).allSatisfy(forward -> assertThat(forward.record().headers()).isNotSameAs(incoming).isEmpty());
    assertThat(sent(0).getFirst().headers()).isNotSameAs(polled.getFirst().headers());
    assertThat(sent(1).getFirst().headers()).isNotSameAs(polled.getLast().headers());
    assertThat(polled).allSatisfy(record -> assertThat(record.headers()).extracting(Header::key).containsExactly("mine"));
  }

  @Test
  void shouldCheckEachResultsSizeBeforeAnythingIsForwarded() {
    engine.limitSends(new SendLimits(600, 1 << 20, 1));
    polled("{\"x\":1}", "{\"x\":2,\"pad\":\"" + "a".repeat(600) + "\"}", "{\"x\":3}");

    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k0", "k2");
    assertThat(sent(1)).singleElement().extracting(record -> text(record.headers().lastHeader("yapok.reject.reason").value())).isEqualTo("result_too_large");
    assertThat(text(sent(1).getFirst().value())).as("the record itself").contains("aaa");
  }

  @Test
  void shouldPointToARecordThatTheDeadLetterTopicCannotTake() {
    engine.limitSends(new SendLimits(1_500, 1_500, 1));
    polled("{\"x\":2,\"pad\":\"" + "a".repeat(2_000) + "\"}");

    var pointer = sent(0).getFirst();
    assertThat(pointer.value()).isEmpty();
    assertThat(text(pointer.headers().lastHeader("__streams.errors.offset").value())).isEqualTo("10");
    assertThat(SendLimits.size(pointer.key(), pointer.value(), pointer.headers())).isLessThanOrEqualTo(1_500);
  }

  @Test
  void shouldRejectANegativeTimestampBeforeAnythingIsForwarded() {
    polled.add(record(0, "{\"x\":1}", -7));
    polled.add(record(1, "{\"x\":1}", 7));
    process();

    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("k1");
    assertThat(sent(1)).singleElement().extracting(ProducerRecord::timestamp).isEqualTo(0L);
  }

  @Test
  void shouldForwardNothingOfABatchWhoseStepFailsNorWithTheNext() {
    assertThatThrownBy(() -> polled("{\"x\":1}", "{\"x\":-99}")).hasMessage("the step is broken");
    assertThat(context.forwarded()).isEmpty();
    assertThat(engine.counters().in()).isZero();
    polled.clear();

    polled("{\"x\":5}");

    assertThat(sent(0)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldScheduleNothing(boolean rekeying) {
    if (rekeying) {
      start(REKEYING, true);
    }
    polled("{\"x\":1,\"account\":\"a\"}");

    assertThat(context.scheduledPunctuators()).isEmpty();
  }

  @Test
  void shouldForwardOneRecordForABatchThatIsGivenKeys() {
    start(REKEYING, true);
    polled("{\"x\":1,\"account\":\"a\"}", "{\"x\":2}", "{\"x\":3,\"account\":\"b\"}");

    assertThat(context.forwarded()).extracting(CapturedForward::childName).containsExactly(Optional.of("onward"), Optional.of(RekeyProcessor.REJECTS));
    assertThat(sent(0)).extracting(record -> text(record.key())).containsExactly("a", "b");
    assertThat(sent(0)).extracting(ProducerRecord::timestamp).containsExactly(1_000L, 998L);
    assertThat(sent(0).getFirst().headers()).isNotSameAs(polled.getFirst().headers());
    assertThat(polled.getFirst().headers()).extracting(Header::key).containsExactly("mine");
  }

  @Test
  void shouldGiveItsThreadsBuffersBackWhenWhatItRemembersCannotBeWritten() {
    var another = new PipelineProcessor(engine, false, _ -> new UnwritableMemory(), new JoinedStores(List.of()), "results", "rejects");
    processor.close();
    another.init(context);
    Engine.ThreadRunner used = engine.acquire();
    engine.release(used);

    assertThatThrownBy(another::close).hasMessage("the disk is full");

    assertThat(engine.acquire()).isNotSameAs(used);
    another.close();
  }

  private static final class UnwritableMemory implements Memory {
    @Override
    public void begin() {}

    @Override
    public void recall(Batch batch, StateSpec spec) {}

    @Override
    public void remember(Batch batch) {}

    @Override
    public void write() {}

    @Override
    public void close() {
      throw new IllegalStateException("the disk is full");
    }
  }

  private void start(String yaml, boolean rekeying) {
    start(new Engine(TestPipelines.doubling(yaml)), rekeying);
  }

  private void start(Engine given, boolean rekeying) {
    engine = given;
    engine.clients().getProducer(Map.of("bootstrap.servers", "127.0.0.1:1")).close(Duration.ZERO);
    var config = new Properties();
    config.putAll(Map.of("application.id", "app", "bootstrap.servers", "127.0.0.1:1"));
    context = new MockProcessorContext<>(config);
    processor = rekeying ? new RekeyProcessor(engine, "onward", "between") : new ScoreSupplier(engine, false, new MemoryStore("state", StateSpec.NONE, new LateCounts()), new JoinedStores(List.of()), "results", "rejects").get();
    processor.init(context);
  }

  private void polled(String... values) {
    add(values);
    process();
  }

  private void add(String... values) {
    for (int i = 0; i < values.length; i++) {
      polled.add(record(i, values[i], 1_000 - i));
    }
  }

  private void process() {
    processor.process(new Record<>(null, new Parcel.IncomingBatch(List.copyOf(polled)), 1_000, new RecordHeaders()));
  }

  private List<ProducerRecord<byte[], byte[]>> sent(int forward) {
    return ((Parcel.OutgoingBatch) context.forwarded().get(forward).record().value()).records();
  }

  private static ConsumerRecord<byte[], byte[]> record(int number, String value, long timestamp) {
    var headers = new RecordHeaders().add("mine", Integer.toString(number).getBytes(UTF_8));
    return new ConsumerRecord<>("in", 0, 10 + number, timestamp, TimestampType.CREATE_TIME, 2, value.length(), ("k" + number).getBytes(UTF_8), value.getBytes(UTF_8), headers, Optional.empty());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
