package io.yapok.schemas.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Documents;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.BatchLimits;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
  private static BatchLimits batch(String limits) {
    return PipelineDocument.parse(Documents.DIGITS + "batch: {" + limits + "}\n", "digits.yaml").batch();
  }

  @ParameterizedTest
  @CsvSource({"1B,1", "4MiB,4194304", "4 MiB,4194304", "0.5KiB,512", "1MB,1000000", "1.5kB,1500", "1GiB,1073741824", "'\"2KB\"',2000"})
  void shouldReadASizeWhenItHasAUnit(String written, long bytes) {
    assertThat(batch("bytes: " + written).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"5ms,PT0.005S", "250us,PT0.00025S", "1.5s,PT1.5S", "2min,PT2M", "60min,PT1H"})
  void shouldReadATimeWhenItHasAUnit(String written, Duration time) {
    assertThat(batch("time: " + written).time()).isEqualTo(time);
  }
}
