package io.yapok.topology;

import io.yapok.topology.internal.trace.OtelTracing;
import io.yapok.topology.internal.trace.Tracing;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where spans of batches go: nowhere, unless OpenTelemetry's own settings name an exporter. Then each batch leaves a span, results continue their records' sampled traces, and a thread of the
 * SDK's exports what waits in a bounded queue; whatever becomes of it, no record waits.
 *
 * <p>May be shared by any number of applications and threads of a JVM. Whoever makes one closes it, after every application that was given it.
 */
public final class Traces implements AutoCloseable {
  /** No spans; {@code traceparent} headers go from records to results as they are. */
  public static final Traces NONE = new Traces(Tracing.NONE);

  private static final String EXPORTER = "otel.traces.exporter";
  private static final String DISABLED = "otel.sdk.disabled";

  private final Tracing tracing;

  private Traces(Tracing tracing) {
    this.tracing = tracing;
  }

  /**
   * What OpenTelemetry's environment variables and system properties say: {@link #NONE} unless {@code OTEL_TRACES_EXPORTER} names an exporter.
   *
   * @throws io.yapok.schemas.ProblemsException if they are refused
   */
  public static Traces fromEnvironment() {
    return of(Map.of());
  }

  /**
   * The same with further settings, over which those of the environment win.
   *
   * @param settings by their names as properties: {@code otel.traces.exporter}, {@code otel.exporter.otlp.endpoint}, ...
   * @throws io.yapok.schemas.ProblemsException if they are refused
   */
  public static Traces of(Map<String, String> settings) {
    String exporter = setting(EXPORTER, settings);
    boolean off = exporter == null || exporter.equals("none") || "true".equalsIgnoreCase(setting(DISABLED, settings));
    return off ? NONE : new Traces(OtelTracing.start(settings));
  }

  /** As the SDK itself looks it up, but before any of its classes is loaded. */
  private static @Nullable String setting(String property, Map<String, String> settings) {
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
    String found = value == null ? settings.get(property) : value;
    return found == null || found.isBlank() ? null : found.strip();
  }

  Tracing tracing() {
    return tracing;
  }

  /** Exports what waits, for five seconds at most, and ends the exporter's threads. */
  @Override
  public void close() {
    tracing.close();
  }
}
