package io.yapok.topology.internal.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An exporter that keeps what it is given, also after its end, and answers what it is told to. */
final class Collected implements SpanExporter {
  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final Supplier<CompletableResultCode> answers;

  Collected() {
    this(CompletableResultCode::ofSuccess);
  }

  Collected(Supplier<CompletableResultCode> answers) {
    this.answers = answers;
  }

  List<SpanData> spans() {
    return spans;
  }

  SpanData span(String spanId) {
    return spans.stream().filter(span -> span.getSpanId().equals(spanId)).findFirst().orElseThrow();
  }

  List<SpanData> named(String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> given) {
    spans.addAll(given);
    return answers.get();
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
