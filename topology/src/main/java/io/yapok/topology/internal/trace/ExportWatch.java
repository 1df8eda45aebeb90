package io.yapok.topology.internal.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts spans that ended and spans that were exported, and says once that some are not: a receiver that is away is no reason to fill a log. */
final class ExportWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ExportWatch.class);

  private final LongAdder ended = new LongAdder();
  private final LongAdder exported = new LongAdder();
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Counts on the threads that end spans. */
  SpanProcessor ended() {
    return new SpanProcessor() {
      @Override
      public void onStart(Context parent, ReadWriteSpan span) {
        // not asked for
      }

      @Override
      public boolean isStartRequired() {
        return false;
      }

      @Override
      public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled()) {
          ended.increment();
        }
      }

      @Override
      public boolean isEndRequired() {
        return true;
      }
    };
  }

  /** This exporter, watched; it is called on the thread that exports. */
  SpanExporter of(SpanExporter exporter) {
    return new SpanExporter() {
      @Override
      public CompletableResultCode export(Collection<SpanData> spans) {
        int count = spans.size(); // the collection is the caller's to use again
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> done(count, result));
      }

      @Override
      public CompletableResultCode flush() {
        return exporter.flush();
      }

      @Override
      public CompletableResultCode shutdown() {
        return exporter.shutdown();
      }
    };
  }

  private void done(int count, CompletableResultCode result) {
    if (result.isSuccess()) {
      exported.add(count);
    } else if (!warned.getAndSet(true)) {
      LOG.warn("spans cannot be exported ({}); until they can they are dropped, and records go on", reason(result.getFailureThrowable()));
    }
  }

  /** What the network said, under what the SDK has wrapped around it; nothing where the receiver has answered. */
  private static String reason(@Nullable Throwable failure) {
    if (failure == null || failure.getCause() == null) {
      return "the receiver refuses them; --verbose shows what it answers";
    }
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof IOException)) {
      reason = reason.getCause();
    }
    return reason.toString();
  }

  /** Spans that have ended and were not exported, or not yet. */
  long missing() {
    return ended.sum() - exported.sum();
  }

  /** Says how many were lost, if any; called when nothing more will be exported. */
  void sumUp() {
    long lost = missing();
    if (lost > 0) {
      LOG.warn("{} of {} spans were not exported", lost, ended.sum());
    }
  }
}
