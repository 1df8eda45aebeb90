package io.yapok.perf.internal.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.report.JsonLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One round: it shows that all decode the same numbers, to the bit, and that everyone is measured; its figures mean nothing. */
class FormatRaceTest {
  @Test
  void shouldMeasureEveryFormatWhenAllDecodeTheSameNumbers() {
    FormatReport report = new FormatRace(1, 0, 1_000_000, line -> {}).run();

    assertThat(report.toMap().toString()).contains("json=", "json-streaming=", "json-tree=", "avro=", "avro-generic=", "oip-json=", "oip-binary=", "tensor=");
    assertThat(JsonLine.of(report.toMap()))
        .startsWith("{\"workload\":\"formats\",\"stage\":\"decode\",\"floats_per_record\":64,\"contestants\":{\"json\":{\"records_per_second\":")
        .containsPattern("\"avro-generic\":\\{\"records_per_second\":[1-9]\\d*,.*\"cpu_us_per_record\":[0-9.]+")
        .containsPattern("\"ratios\":\\{\"json/json-tree\":[0-9.]+,\"json/json-streaming\":[0-9.]+,\"avro/avro-generic\":[0-9.]+,\"oip-binary/tensor\":[0-9.]+},\"runs\":1}$");
    assertThat(report.toText()).contains("json / json-tree", "json / json-streaming");
  }

  @Test
  void shouldShowWholePipelinesBesideTheDecodersWhenTheyWereMeasured() {
    List<RunFigures> runs = List.of(new RunFigures(100, 3.5, 1), new RunFigures(300, 1.5, 1), new RunFigures(200, 2.5, 1));
    FormatReport report = new FormatRace(1, 0, 1_000_000, line -> {}).run().with(new EndToEndReport(5000, 3, Map.of("json", runs)));

    assertThat(JsonLine.of(report.toMap()))
        .endsWith(
            ",\"end_to_end\":{\"records\":5000,\"contestants\":{\"json\":{\"records_per_second\":200,\"records_per_second_lowest\":100,\"records_per_second_highest\":300,\"cpu_us_per_record\":2.5}},\"runs\":3},\"runs\":1}");
    assertThat(report.toText()).contains("5,000 records of each");
  }
}
