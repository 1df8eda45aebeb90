package io.yapok.perf.internal.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.RunFigures;
import io.yapok.perf.internal.report.Spread;
import io.yapok.perf.internal.workload.Workloads;
import io.yapok.schemas.PipelineDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LadderReportTest {
  private final MeasureSettings settings =
      new MeasureSettings(
          Workloads.named("lr64").orElseThrow(), OptionalInt.empty(), OptionalInt.empty(), 10, Delivery.EXACTLY_ONCE, List.of(), OptionalLong.empty(), Optional.empty(), Duration.ofMillis(5), Path.of("."), line -> {});

  @Test
  void shouldSubtractWithinEachRoundWhenTheMachineChangesItsSpeed() {
    Map<Rung, List<RunFigures>> figures = new EnumMap<>(Rung.class);
    for (Rung rung : Rung.values()) {
      double cpu = 1 + rung.ordinal() * 0.25;
      figures.put(rung, List.of(run(cpu), run(2 * cpu), run(cpu)));
    }
    LadderReport report = new LadderReport(settings, 1000, figures, Map.of("decode", new Spread(500, 400, 600)));

    assertThat(report.cost(Rung.CLIENT).median()).isCloseTo(1, within(1e-9));
    assertThat(report.cost(Rung.DECODE)).isEqualTo(new Spread(0.25, 0.25, 0.5));
    assertThat(report.outcome().text()).containsPattern("decode +1,000 +1\\.50 +0\\.25 \\(0\\.25 to 0\\.50\\)").contains("500.0 (400.0 to 600.0)");
  }

  @Test
  void shouldStillBeADocumentWhenTheRuleIsAdded(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("pipeline.yaml"), settings.workload().pipeline("in", "out", 10));
    LadderRunner.addRule(file, settings.workload().output());
    assertThat(PipelineDocument.read(file).steps()).hasSize(2);
  }

  @Test
  void shouldHaveEachStageFromItsRungOn() {
    assertThat(Rung.CLIENT.has(Rung.FOLD)).isFalse();
    assertThat(Rung.FOLD.has(Rung.FOLD)).isTrue();
    assertThat(Rung.UNFOLD.has(Rung.ENCODE)).isTrue();
  }

  private static RunFigures run(double cpu) {
    return new RunFigures(1000, cpu, 100);
  }
}
