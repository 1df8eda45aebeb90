package io.yapok.topology.internal.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.yapok.schemas.Reject;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The spans of a batch's records that came with a sampled {@code traceparent}, each in its record's own trace. Belongs to one task. */
final class RecordSpans {
  private final IdentityHashMap<ConsumerRecord<byte[], byte[]>, SpanContext> parents = new IdentityHashMap<>();
  private final IdentityHashMap<ConsumerRecord<byte[], byte[]>, Span> spans = new IdentityHashMap<>();

  /** Finds the records that are traced, and links the batch's span, which has not begun yet, to what sent them. */
  void find(List<ConsumerRecord<byte[], byte[]>> records, SpanBuilder batch) {
    parents.clear();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      SpanContext parent = TraceParent.sampled(record.headers());
      if (parent.isValid()) {
        parents.put(record, parent);
        batch.addLink(parent); // what is too many the SDK counts
      }
    }
  }

  /**
   * Begins a span for each record found.
   *
   * @param batch the batch's span
   * @param builders each gives a builder that has all that does not differ from record to record
   */
  void begin(SpanContext batch, Supplier<SpanBuilder> builders) {
    parents.forEach(
        (record, parent) -> {
          SpanBuilder builder = builders.get().setParent(Context.root().with(Span.wrap(parent))).setAttribute(Names.OFFSET, record.offset());
          if (batch.isSampled()) {
            builder.addLink(batch);
          }
          spans.put(record, builder.startSpan());
        });
  }

  /**
   * Ends a record's span, if it has one, and names it as the parent of what is sent with these headers, if it is sampled.
   *
   * @param reject why the record is rejected; null if it is not
   */
  void end(ConsumerRecord<byte[], byte[]> record, Headers headers, @Nullable Reject reject, Timeline time) {
    Span span = spans.isEmpty() ? null : spans.remove(record);
    if (span == null) {
      return;
    }
    if (span.getSpanContext().isSampled()) {
      TraceParent.put(headers, span.getSpanContext());
    }
    if (reject != null) {
      span.setStatus(StatusCode.ERROR, reject.message());
      span.setAttribute(Names.ERROR, reject.reason().code());
      span.setAttribute(Names.REJECT_STEP, reject.step());
    }
    time.end(span);
  }

  /** Ends a record's span, if it has one; nothing is sent. */
  void end(ConsumerRecord<byte[], byte[]> record, Timeline time) {
    Span span = spans.isEmpty() ? null : spans.remove(record);
    if (span != null) {
      time.end(span);
    }
  }

  /** Ends what is left: the spans of records that the batch, which has failed, has not answered. */
  void fail(Timeline time) {
    for (Span span : spans.values()) {
      span.setStatus(StatusCode.ERROR, OtelTaskTrace.FAILED);
      time.end(span);
    }
    spans.clear();
    parents.clear();
  }
}
