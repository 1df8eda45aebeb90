package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a pipeline on a broker, as whoever collects them gets them. */
class TracesIT {
  private static final int RECORDS = 2_000;
  private static final int SAMPLED_EACH = 100;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  @Test
  void shouldExportASpanForEachSampledRecordAndNameItInTheResult() throws Exception {
    try (var receiver = new SpanReceiver()) {
      run("traced", receiver.endpoint());

      var spans = receiver.spans().stream().collect(Collectors.toMap(SpanReceiver.Span::spanId, span -> span, (one, again) -> one));
      var named = new HashSet<String>();
      for (var result : topics.await(RECORDS, 1, "traced-out", "traced-bad")) {
        int number = Integer.parseInt(new String(result.key(), UTF_8));
        if (number % SAMPLED_EACH == 0) {
          var traceparent = header(result, "traceparent").split("-");
          var span = spans.get(traceparent[2]);
          assertThat(span).as("%d", number).isNotNull();
          assertThat(traceparent[1]).isEqualTo(span.traceId()).isEqualTo(traceId(number));
          assertThat(span.parentId()).isEqualTo("00f067aa0ba902b7");
          named.add(span.spanId());
        } else {
          assertThat(header(result, "traceparent")).isEqualTo(number % 2 == 0 ? traceparent(number, "00") : null);
        }
      }
      assertThat(named).hasSize(RECORDS / SAMPLED_EACH);
      assertThat(receiver.spans()).extracting(SpanReceiver.Span::name).contains("process traced", "decode", "twice", "encode");
    }
  }

  @Test
  void shouldAnswerEveryRecordWithNobodyThereToTakeItsSpans() throws Exception {
    run("untaken", "http://127.0.0.1:1");

    assertThat(topics.await(RECORDS, 1, "untaken-out", "untaken-bad")).hasSize(RECORDS);
  }

  /** Sends records, every hundredth of them sampled, and returns when all are answered and the spans exported, or given up. */
  private void run(String name, String endpoint) throws Exception {
    topics.createFor(name, 1);
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < RECORDS; i++) {
        var record = new ProducerRecord<>(name, 0, Integer.toString(i).getBytes(UTF_8), (i == 500 ? "nonsense" : "{\"x\":1}").getBytes(UTF_8));
        if (i % 2 == 0) {
          record.headers().add(new RecordHeader("traceparent", traceparent(i, i % SAMPLED_EACH == 0 ? "01" : "00").getBytes(UTF_8)));
        }
        producer.send(record);
      }
    }
    var options = StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
    try (var traces = Traces.of(Map.of("otel.traces.exporter", "otlp", "otel.exporter.otlp.endpoint", endpoint));
        var pipeline = TestPipelines.doubling(TestPipelines.yaml(name, name + "-out", name + "-bad"));
        var running = Yapok.stream(pipeline, Map.of(), options, traces)) {
      running.start();
      topics.awaitCommitted(name, name, 1);
      assertThat(List.of(running.counters().in(), running.counters().rejected())).containsExactly((long) RECORDS, 1L);
    }
  }

  private static String traceparent(int number, String flags) {
    return "00-" + traceId(number) + "-00f067aa0ba902b7-" + flags;
  }

  private static String traceId(int number) {
    return "%032x".formatted(number + 1);
  }
}
