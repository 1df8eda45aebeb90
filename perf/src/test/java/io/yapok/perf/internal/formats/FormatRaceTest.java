package io.yapok.perf.internal.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.report.JsonLine;
import org.junit.jupiter.api.Test;

/** One round: it shows that all decode the same numbers, to the bit, and that everyone is measured; its figures mean nothing. */
class FormatRaceTest {
  @Test
  void shouldMeasureEveryFormatWhenAllDecodeTheSameNumbers() {
    FormatReport report = new FormatRace(1, 0, 1_000_000, line -> {}).run();

    assertThat(report.toMap().toString()).contains("json=", "json-tree=", "avro=", "avro-generic=", "oip-json=", "oip-binary=", "tensor=");
    assertThat(JsonLine.of(report.toMap()))
        .startsWith("{\"workload\":\"formats\",\"stage\":\"decode\",\"floats_per_record\":64,\"contestants\":{\"json\":{\"records_per_second\":")
        .containsPattern("\"avro-generic\":\\{\"records_per_second\":[1-9]\\d*,.*\"cpu_us_per_record\":[0-9.]+")
        .containsPattern("\"ratios\":\\{\"json/json-tree\":[0-9.]+,\"avro/avro-generic\":[0-9.]+,\"oip-binary/tensor\":[0-9.]+},\"runs\":1}$");
    assertThat(report.toText()).contains("json / json-tree");
  }
}
