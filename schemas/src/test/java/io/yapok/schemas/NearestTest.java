package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KINDS = List.of("model", "transform", "validate", "rank");

  @ParameterizedTest
  @CsvSource({"modle,model", "Model,model", "transfrom,transform", "transforms,transform", "validation,validate", "rnk,rank"})
  void shouldFindTheWordWhenItIsFewSlipsAway(String written, String meant) {
    assertThat(Nearest.to(written, KINDS)).hasValue(meant);
  }

  @Test
  void shouldFindNothingWhenEveryWordIsFar() {
    assertThat(Nearest.to("compute", KINDS)).isEmpty();
    assertThat(Nearest.to("x".repeat(100_000), KINDS)).isEmpty();
    assertThat(Nearest.to("", KINDS)).isEmpty();
  }

  @Test
  void shouldCountSlipsWhenWordsDiffer() {
    assertThat(Nearest.distance("abc", "abc")).isZero();
    assertThat(Nearest.distance("abc", "acb")).isOne();
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }
}
