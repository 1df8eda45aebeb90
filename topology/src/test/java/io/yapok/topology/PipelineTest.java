package io.yapok.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {
  @Test
  void shouldLetThreadsBindWhileStepsAreReplacedAndFreeEachModelOnce() throws Exception {
    var models = new ArrayList<TestModel>();
    var done = new AtomicBoolean();
    try (var pipeline = new Pipeline(TestPipelines.version(TestPipelines.DOUBLING, 1, model(models)));
        var threads = Executors.newFixedThreadPool(3)) {
      var binding = new ArrayList<Future<?>>();
      for (int i = 0; i < 3; i++) {
        binding.add(threads.submit(() -> {
          while (!done.get()) {
            pipeline.runner().close();
          }
        }));
      }
      for (int version = 2; version <= 200; version++) {
        pipeline.replace(TestPipelines.version(TestPipelines.DOUBLING, version, model(models)));
      }
      done.set(true);
      for (var thread : binding) {
        thread.get();
      }
    }

    assertThat(models).hasSize(200).allMatch(TestModel::isFree);
  }

  @ParameterizedTest
  @CsvSource({"topic: in, topic: other", "topic: out, topic: other", "{topic: bad}, fail", "rejects:, 'delivery: at_least_once\nrejects:'"})
  void shouldRefuseStepsThatAreWiredOtherwise(String part, String other) {
    var models = new ArrayList<TestModel>();
    try (var pipeline = new Pipeline(TestPipelines.version(TestPipelines.DOUBLING, 1, model(models)))) {
      var running = pipeline.current();
      var yaml = TestPipelines.DOUBLING.replace(part, other.replace("\\n", "\n"));

      assertThatThrownBy(() -> pipeline.replace(TestPipelines.version(yaml, 2, model(models)))).isInstanceOf(IllegalArgumentException.class);
      assertThat(pipeline.isCurrent(running)).isTrue();
      assertThat(models).noneMatch(TestModel::isFree);
    }
  }

  private static TestModel model(ArrayList<TestModel> models) {
    models.add(new TestModel(Duration.ZERO));
    return models.getLast();
  }
}
