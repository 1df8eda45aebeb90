package io.yapok.topology.internal.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context. */
final class TraceParent {
  private static final String NAME = "traceparent";

  /** {@code 00-<trace id>-<span id>-<flags>}; a later version may have more behind it. */
  private static final int LENGTH = 55;

  private static final TextMapGetter<Headers> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Headers headers) {
          return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
          Header header = headers == null ? null : headers.lastHeader(name);
          return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
        }

        @Override
        public Iterator<String> getAll(@Nullable Headers headers, String name) {
          String value = get(headers, name);
          return value == null ? List.<String>of().iterator() : List.of(value).iterator();
        }
      };

  private TraceParent() {}

  /** The span that a record was sent by, if it is sampled; an invalid one if not, or if the header is missing or malformed. */
  static SpanContext sampled(Headers headers) {
    Header header = headers.lastHeader(NAME);
    if (header == null || !mayBeSampled(header.value())) {
      return SpanContext.getInvalid();
    }
    SpanContext parent = Span.fromContext(W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, GETTER)).getSpanContext();
    return parent.isSampled() ? parent : SpanContext.getInvalid();
  }

  /** Whether the lowest bit of the flags may be set: what makes the rest worth reading. */
  private static boolean mayBeSampled(byte @Nullable [] value) {
    return value != null && value.length >= LENGTH && Character.digit(value[LENGTH - 1], 16) % 2 == 1;
  }

  /** Makes this span the parent of what is sent with these headers. */
  static void put(Headers headers, SpanContext span) {
    String value = "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
    headers.remove(NAME).add(NAME, value.getBytes(US_ASCII));
  }
}
