package io.yapok.topology.internal.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Spans by OpenTelemetry's SDK, which belongs to this object alone: nothing global is set. Spans that ended wait in the SDK's queue, which is bounded, for a thread of its own that exports them; what finds it full is
 * dropped, so that no stream thread ever waits.
 */
public final class OtelTracing implements Tracing {
  private static final long CLOSE_SECONDS = 5;
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

  /** What OpenTelemetry says of a service that nobody has named. */
  private static final String NAMELESS = "unknown_service";

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final ExportWatch watch;

  private OtelTracing(SdkTracerProvider provider, ExportWatch watch) {
    this.provider = provider;
    this.tracer = provider.get("io.yapok");
    this.watch = watch;
  }

  /**
   * Tracing as OpenTelemetry's environment variables and system properties have it.
   *
   * @param settings by their names as properties, such as {@code otel.exporter.otlp.endpoint}; those of the environment win
   * @throws ProblemsException if the settings are refused
   */
  public static OtelTracing start(Map<String, String> settings) {
    return start(settings, exporter -> exporter);
  }

  /** The same with something else in the exporter's place. */
  static OtelTracing start(Map<String, String> settings, UnaryOperator<SpanExporter> replacement) {
    ExportWatch watch = new ExportWatch();
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> Map.of("otel.exporter.otlp.protocol", "http/protobuf"))
              .addPropertiesSupplier(() -> settings)
              .addPropertiesCustomizer(known -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
              .addResourceCustomizer((resource, known) -> named(resource))
              .addSpanExporterCustomizer((exporter, known) -> watch.of(replacement.apply(exporter)))
              .addTracerProviderCustomizer((builder, known) -> builder.addSpanProcessor(watch.ended()))
              .build()
              .getOpenTelemetrySdk();
      return new OtelTracing(sdk.getSdkTracerProvider(), watch);
    } catch (ConfigurationException e) {
      throw refused(e);
    }
  }

  private static Resource named(Resource resource) {
    String service = resource.getAttribute(SERVICE);
    boolean nameless = service == null || service.startsWith(NAMELESS);
    return nameless ? resource.toBuilder().put(SERVICE, "yapok").build() : resource;
  }

  private static ProblemsException refused(ConfigurationException e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    Problem problem =
        new Problem(
            "OpenTelemetry's settings are refused: " + reason.getMessage(),
            Where.of("OTEL_ environment variables"),
            "mend them (the one exporter is otlp, over http/protobuf), or unset OTEL_TRACES_EXPORTER to go without traces");
    return new ProblemsException(problem);
  }

  @Override
  public TaskTrace task(String pipeline, String group) {
    return new OtelTaskTrace(tracer, pipeline, group);
  }

  /** Spans that have ended and were not exported, or not yet. */
  long missing() {
    return watch.missing();
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    watch.sumUp();
  }
}
