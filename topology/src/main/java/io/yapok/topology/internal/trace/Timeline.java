package io.yapok.topology.internal.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Puts what {@link System#nanoTime} has measured on the clock, so that spans of a batch stand to each other as they were.
 *
 * @param epochNanos nanoseconds since the epoch at some moment
 * @param nanoTime and the nano time then
 */
record Timeline(long epochNanos, long nanoTime) {
  /** One that begins now, and is right for as long as a batch lasts. */
  static Timeline fromNow() {
    Instant now = Instant.now();
    return new Timeline(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), System.nanoTime());
  }

  /** Lets a span begin where this does. */
  SpanBuilder begin(SpanBuilder span) {
    return span.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS);
  }

  /** Lets a span begin at a nano time. */
  SpanBuilder begin(SpanBuilder span, long moment) {
    return span.setStartTimestamp(at(moment), TimeUnit.NANOSECONDS);
  }

  /** Ends a span now. */
  void end(Span span) {
    end(span, System.nanoTime());
  }

  /** Ends a span at a nano time. */
  void end(Span span, long moment) {
    span.end(at(moment), TimeUnit.NANOSECONDS);
  }

  private long at(long moment) {
    return epochNanos + (moment - nanoTime);
  }
}
