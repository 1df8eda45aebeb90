package io.yapok.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.ProblemsException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracesTest {
  @Test
  void shouldBeOffUnlessAnExporterIsNamed() {
    assertThat(Traces.fromEnvironment()).isSameAs(Traces.NONE);
    assertThat(Traces.of(Map.of("otel.traces.exporter", " "))).isSameAs(Traces.NONE);
    assertThat(Traces.of(Map.of("otel.traces.exporter", "none"))).isSameAs(Traces.NONE);
    assertThat(Traces.of(Map.of("otel.exporter.otlp.endpoint", "http://127.0.0.1:1"))).isSameAs(Traces.NONE);
    assertThat(Traces.of(Map.of("otel.traces.exporter", "otlp", "otel.sdk.disabled", "true"))).isSameAs(Traces.NONE);
  }

  @Test
  void shouldBeOnWhenOneIs() {
    try (var traces = Traces.of(Map.of("otel.traces.exporter", "otlp"))) {
      assertThat(traces).isNotSameAs(Traces.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"otel.traces.exporter, jaeger", "otel.exporter.otlp.protocol, grpc", "otel.exporter.otlp.endpoint, nowhere", "otel.traces.sampler, sometimes", "otel.bsp.max.queue.size, many"})
  void shouldRefuseSettingsThatItCannotFollow(String name, String value) {
    var settings = new HashMap<>(Map.of("otel.traces.exporter", "otlp"));
    settings.put(name, value);

    assertThatThrownBy(() -> Traces.of(settings))
        .isInstanceOfSatisfying(ProblemsException.class, e -> assertThat(e.problems()).singleElement().asString().startsWith("OpenTelemetry's settings are refused: ").doesNotContain("null"));
  }
}
