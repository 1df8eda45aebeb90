package io.yapok.topology.internal.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.yapok.model.CompiledSteps;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A span for each batch, in a trace of its own, with children for its stages; and one for each record of it whose own trace is sampled. They are linked to each other, since a span has one
 * parent and a batch many senders.
 */
final class OtelTaskTrace implements TaskTrace {
  static final String FAILED = "the batch has failed and is run again";

  private final Tracer tracer;
  private final String pipeline;
  private final String group;
  private final RecordSpans records = new RecordSpans();

  // Of the batch at hand.
  private List<Step> steps = List.of();
  private Timeline time = new Timeline(0, 0);
  private Span batch = Span.getInvalid();
  private long rows;
  private long rejects;
  private boolean succeeded;

  OtelTaskTrace(Tracer tracer, String pipeline, String group) {
    this.tracer = tracer;
    this.pipeline = pipeline;
    this.group = group;
  }

  @Override
  public void begin(CompiledSteps now, List<ConsumerRecord<byte[], byte[]>> polled) {
    steps = now.steps();
    time = Timeline.fromNow();
    rows = 0;
    rejects = 0;
    succeeded = false;
    ConsumerRecord<byte[], byte[]> first = polled.getFirst();
    String name = "process " + first.topic();
    Attributes attributes = attributes(first, now.version());
    SpanBuilder builder = process(name, attributes).setNoParent().setAttribute(Names.MESSAGES, (long) polled.size());
    records.find(polled, builder);
    batch = builder.startSpan();
    records.begin(batch.getSpanContext(), () -> process(name, attributes));
  }

  private SpanBuilder process(String name, Attributes attributes) {
    return time.begin(tracer.spanBuilder(name)).setSpanKind(SpanKind.CONSUMER).setAllAttributes(attributes);
  }

  private Attributes attributes(ConsumerRecord<byte[], byte[]> first, String version) {
    return Attributes.builder()
        .put(Names.SYSTEM, "kafka")
        .put(Names.OPERATION_NAME, "process")
        .put(Names.OPERATION_TYPE, "process")
        .put(Names.DESTINATION, first.topic())
        .put(Names.PARTITION, Integer.toString(first.partition()))
        .put(Names.GROUP, group)
        .put(Names.PIPELINE, pipeline)
        .put(Names.PIPELINE_VERSION, version)
        .build();
  }

  @Override
  public void sent(ConsumerRecord<byte[], byte[]> record, Headers headers) {
    records.end(record, headers, null, time);
  }

  @Override
  public void rejected(ConsumerRecord<byte[], byte[]> record, Headers headers, Reject reject) {
    rejects++;
    records.end(record, headers, reject, time);
  }

  @Override
  public void filtered(ConsumerRecord<byte[], byte[]> record) {
    records.end(record, time);
  }

  @Override
  public void ran(Batch columns) {
    rows += columns.rows();
    if (!batch.isRecording()) {
      return;
    }
    long end = 0;
    for (int stage = 0; stage < columns.elapsedCount(); stage++) {
      long start = columns.stageStart(stage);
      end = start + columns.elapsedNanos(stage);
      stage(stage == 0 ? "decode" : steps.get(stage - 1).name(), columns, start, end);
    }
    stage("encode", columns, end, System.nanoTime());
  }

  private void stage(String name, Batch columns, long start, long end) {
    Span span = time.begin(tracer.spanBuilder(name), start).setParent(Context.root().with(batch)).setAttribute(Names.ROWS, (long) columns.rows()).startSpan();
    time.end(span, end);
  }

  @Override
  public void succeeded() {
    succeeded = true;
  }

  @Override
  public void end() {
    if (!succeeded) {
      batch.setStatus(StatusCode.ERROR, FAILED);
    }
    records.fail(time);
    batch.setAttribute(Names.ROWS, rows);
    batch.setAttribute(Names.REJECTS, rejects);
    time.end(batch);
  }
}
