package io.yapok.topology.internal.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.yapok.schemas.WriterSchemas;
import io.yapok.topology.Pipeline;
import io.yapok.topology.TestPipelines;
import io.yapok.topology.internal.Engine;
import io.yapok.topology.internal.Parcel;
import io.yapok.topology.internal.ScoreSupplier;
import io.yapok.topology.internal.Wiring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which spans a batch leaves, and what stands in its results' {@code traceparent}. */
class BatchSpansTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDER = "00f067aa0ba902b7";
  private static final String SAMPLED = "00-" + TRACE + "-" + SENDER + "-01";
  private static final String UNSAMPLED = "00-" + TRACE + "-" + SENDER + "-00";
  private static final Properties CONFIG = new Properties();

  static {
    CONFIG.putAll(Map.of("application.id", "app", "bootstrap.servers", "127.0.0.1:1"));
  }

  private final List<ConsumerRecord<byte[], byte[]>> polled = new ArrayList<>();
  private final Pipeline pipeline = TestPipelines.doubling();
  private Collected collected = new Collected();
  private OtelTracing tracing;
  private MockProcessorContext<byte[], Parcel> context;
  private Processor<byte[], Parcel, byte[], Parcel> processor;

  @AfterEach
  void stop() {
    if (processor != null) {
      processor.close();
    }
    pipeline.close();
  }

  @Test
  void shouldContinueASampledRecordsTraceByASpanThatThereIs() {
    start(Map.of());
    add("{\"x\":1}", SAMPLED);
    polled.getFirst().headers().add("tracestate", "vendor=1".getBytes(UTF_8));
    process();
    tracing.close();

    var parts = traceparent(0).split("-");
    assertThat(parts).hasSize(4).startsWith("00", TRACE).endsWith("01");
    var span = collected.span(parts[2]);
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(SENDER);
    assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getAttributes().get(Names.OFFSET)).isEqualTo(10);
    assertThat(span.getLinks()).extracting(link -> link.getSpanContext().getSpanId()).containsExactly(batchSpan().getSpanId());
    assertThat(headers(0).lastHeader("tracestate").value()).isEqualTo("vendor=1".getBytes(UTF_8));
    assertThat(headers(0)).extracting(header -> header.key()).containsOnlyOnce("traceparent");
    assertThat(polled.getFirst().headers().lastHeader("traceparent").value()).as("the record's own").isEqualTo(SAMPLED.getBytes(UTF_8));
    assertThat(tracing.missing()).isZero();
  }

  @Test
  void shouldLeaveASpanForTheBatchInATraceOfItsOwnWithItsStages() {
    start(Map.of());
    add("{\"x\":1}", SAMPLED);
    add("{\"x\":-1}", null);
    add("nonsense", UNSAMPLED);
    process();
    tracing.close();

    var batch = batchSpan();
    assertThat(batch.getParentSpanId()).isEqualTo(SpanId.getInvalid());
    assertThat(batch.getTraceId()).isNotEqualTo(TRACE);
    assertThat(batch.getKind()).isEqualTo(SpanKind.CONSUMER);
    assertThat(batch.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(batch.getLinks()).extracting(LinkData::getSpanContext).singleElement().satisfies(sender -> {
      assertThat(sender.getTraceId()).isEqualTo(TRACE);
      assertThat(sender.getSpanId()).isEqualTo(SENDER);
    });
    var attributes = batch.getAttributes();
    assertThat(attributes.get(Names.SYSTEM)).isEqualTo("kafka");
    assertThat(attributes.get(Names.OPERATION_TYPE)).isEqualTo("process");
    assertThat(attributes.get(Names.DESTINATION)).isEqualTo("in");
    assertThat(attributes.get(Names.PARTITION)).isEqualTo("0");
    assertThat(attributes.get(Names.GROUP)).isEqualTo("app");
    assertThat(attributes.get(Names.MESSAGES)).isEqualTo(3);
    assertThat(attributes.get(Names.ROWS)).isEqualTo(2);
    assertThat(attributes.get(Names.REJECTS)).isEqualTo(2);
    assertThat(attributes.get(Names.PIPELINE)).isEqualTo("doubling");
    assertThat(attributes.get(Names.PIPELINE_VERSION)).isEqualTo("0123456789abcdef");
    assertThat(batch.getResource().getAttributes().asMap().toString()).contains("service.name=yapok");
    long before = batch.getStartEpochNanos();
    for (var name : List.of("decode", "twice", "encode")) {
      var stage = collected.named(name).getFirst();
      assertThat(stage.getTraceId()).isEqualTo(batch.getTraceId());
      assertThat(stage.getParentSpanId()).isEqualTo(batch.getSpanId());
      assertThat(stage.getStartEpochNanos()).as(name).isBetween(before, stage.getEndEpochNanos());
      before = stage.getEndEpochNanos();
    }
    assertThat(before).isLessThanOrEqualTo(batch.getEndEpochNanos());
    assertThat(collected.spans()).as("batch, record, three stages").hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {UNSAMPLED, "00-1", "", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
      "\u00ff\u00ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"})
  void shouldPassOnWhatIsNotSampledOrMalformedAsItIs(String traceparent) {
    start(Map.of());
    add("{\"x\":1}", traceparent);
    add("{\"x\":2}", null);
    process();
    tracing.close();

    assertThat(traceparent(0)).isEqualTo(traceparent);
    assertThat(headers(1)).isEmpty();
    assertThat(collected.named("process in")).as("the batch's alone").hasSize(1).first().satisfies(batch -> assertThat(batch.getLinks()).isEmpty());
  }

  @Test
  void shouldContinueTheTraceInARejectAndSayWhy() {
    start(Map.of());
    add("{\"x\":-1}", SAMPLED);
    process();
    tracing.close();

    var span = collected.span(traceparent(0).split("-")[2]);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(Names.ERROR)).isEqualTo("expression_failed");
    assertThat(span.getAttributes().get(Names.REJECT_STEP)).isEqualTo("twice");
    assertThat(headers(0).lastHeader("yapok.reject.reason").value()).isEqualTo("expression_failed".getBytes(UTF_8));
    assertThat(batchSpan().getStatus().getStatusCode()).as("a reject is no failure of its batch").isEqualTo(StatusCode.UNSET);
  }

  @Test
  void shouldEndTheSpansOfABatchThatFailsAndTellOfTheNextAnew() {
    start(Map.of());
    add("{\"x\":1}", SAMPLED);
    add("{\"x\":-99}", null);
    assertThatThrownBy(this::process).hasMessage("the step is broken");
    polled.removeLast();
    process();
    tracing.close();

    assertThat(collected.named("process in").stream().filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)).as("the batch and its record").hasSize(2);
    assertThat(collected.named("process in").stream().filter(span -> span.getStatus().getStatusCode() == StatusCode.UNSET)).as("the second attempt").hasSize(2);
    assertThat(collected.span(traceparent(0).split("-")[2]).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
  }

  @Test
  void shouldBoundTheLinksOfABatchAndCountTheOthers() {
    start(Map.of());
    for (int i = 0; i < 200; i++) {
      add("{\"x\":1}", "00-" + TRACE + "-%016x-01".formatted(i + 1));
    }
    process();
    tracing.close();

    assertThat(batchSpan().getLinks()).hasSize(128);
    assertThat(batchSpan().getTotalRecordedLinks()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      var span = collected.span(traceparent(i).split("-")[2]);
      assertThat(span.getParentSpanId()).isEqualTo("%016x".formatted(i + 1));
      assertThat(span.getAttributes().get(Names.OFFSET)).isEqualTo(10 + i);
    }
  }

  @Test
  void shouldLeaveTheRecordsSpansAloneWhereTheSamplerWantsNoBatches() {
    start(Map.of("otel.traces.sampler", "parentbased_always_off"));
    add("{\"x\":1}", SAMPLED);
    process();
    tracing.close();

    assertThat(collected.spans()).singleElement().satisfies(span -> {
      assertThat(span.getTraceId()).isEqualTo(TRACE);
      assertThat(span.getLinks()).isEmpty();
      assertThat(traceparent(0)).isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
    });
  }

  @Test
  void shouldNameNoSpanThatTheSamplerHasNotTaken() {
    start(Map.of("otel.traces.sampler", "always_off"));
    add("{\"x\":1}", SAMPLED);
    process();
    tracing.close();

    assertThat(traceparent(0)).isEqualTo(SAMPLED);
    assertThat(collected.spans()).isEmpty();
  }

  @Test
  void shouldGoOnWhenExportsFailAndCountWhatIsLost() {
    collected = new Collected(() -> CompletableResultCode.ofExceptionalFailure(new IllegalStateException("nobody there")));
    start(Map.of());
    add("{\"x\":1}", SAMPLED);
    process();
    tracing.close();

    assertThat(traceparent(0)).startsWith("00-" + TRACE).isNotEqualTo(SAMPLED);
    assertThat(tracing.missing()).isEqualTo(5);
  }

  @Test
  void shouldDropWhatFindsTheQueueFullAndNeverWait() {
    collected = new Collected(CompletableResultCode::new);
    start(Map.of("otel.bsp.max.queue.size", "16", "otel.bsp.max.export.batch.size", "8", "otel.bsp.export.timeout", "50"));
    add("{\"x\":1}", null);
    for (int i = 0; i < 1_000; i++) {
      process();
    }
    tracing.close();

    assertThat(context.forwarded()).hasSize(1_000);
    assertThat(tracing.missing()).as("none was answered").isEqualTo(4_000);
  }

  @Test
  void shouldLeadThroughTheRepartitionTopicOfARekeyedPipeline() {
    var yaml = TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, key: account,");
    tracing = OtelTracing.start(settings(Map.of()), _ -> collected);
    try (var rekeyed = TestPipelines.doubling(yaml);
        var driver = new TopologyTestDriver(new Wiring(new Engine(rekeyed, WriterSchemas.NONE, tracing), "app").topology(), CONFIG)) {
      var input = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      input.pipeInput(new TestRecord<>(null, "{\"x\":1,\"account\":\"a\"}".getBytes(UTF_8), traced(SAMPLED), Instant.ofEpochMilli(1)));
      input.pipeInput(new TestRecord<>(null, "{\"x\":1}".getBytes(UTF_8), traced(SAMPLED), Instant.ofEpochMilli(2)));
      tracing.close();

      var result = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecord();
      var scored = collected.span(traceparent(result.headers()).split("-")[2]);
      var keyed = collected.span(scored.getParentSpanId());
      assertThat(scored.getName()).isEqualTo("process app-keyed-repartition");
      assertThat(keyed.getName()).isEqualTo("process in");
      assertThat(keyed.getParentSpanId()).isEqualTo(SENDER);
      assertThat(List.of(scored, keyed)).extracting(SpanData::getTraceId).containsOnly(TRACE);
      var reject = driver.createOutputTopic("bad", new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecord();
      assertThat(collected.span(traceparent(reject.headers()).split("-")[2]).getAttributes().get(Names.ERROR)).isEqualTo("missing_field");
    }
  }

  private void start(Map<String, String> settings) {
    tracing = OtelTracing.start(settings(settings), _ -> collected);
    context = new MockProcessorContext<>(CONFIG);
    processor = ScoreSupplier.inUserStream(new Engine(pipeline, WriterSchemas.NONE, tracing), "doubling", "results", "rejects").get();
    processor.init(context);
  }

  private static Map<String, String> settings(Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("otel.traces.exporter", "otlp");
    return settings;
  }

  private void add(String value, String traceparent) {
    polled.add(new ConsumerRecord<>("in", 0, 10 + polled.size(), 1_000, TimestampType.CREATE_TIME, -1, value.length(), null, value.getBytes(UTF_8), traced(traceparent), Optional.empty()));
  }

  private static RecordHeaders traced(String traceparent) {
    var headers = new RecordHeaders();
    if (traceparent != null) {
      headers.add("traceparent", traceparent.getBytes(UTF_8));
    }
    return headers;
  }

  private void process() {
    processor.process(new Record<>(null, new Parcel.IncomingBatch(List.copyOf(polled)), 1_000, new RecordHeaders()));
  }

  private SpanData batchSpan() {
    return collected.spans().stream().filter(span -> span.getAttributes().get(Names.MESSAGES) != null).findFirst().orElseThrow();
  }

  private Headers headers(int forward) {
    return context.forwarded().get(forward).record().headers();
  }

  private String traceparent(int forward) {
    return traceparent(headers(forward));
  }

  private static String traceparent(Headers headers) {
    return new String(headers.lastHeader("traceparent").value(), UTF_8);
  }
}
