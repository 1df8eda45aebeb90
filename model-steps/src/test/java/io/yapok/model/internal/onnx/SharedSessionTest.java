package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.SampleModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One session for all threads, which ends when the last of them has let go. */
class SharedSessionTest {
  @Test
  void shouldAnswerThreadsThatShareASessionEachItsOwn() throws ExecutionException, InterruptedException {
    OnnxModel model = Bench.load(SampleModels.mlp64().toBytes(), ModelOptions.DEFAULT);
    try (model;
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      float alone = scoreOf(model, 1, 1);
      List<Future<Integer>> runs = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        int rows = 5 + 60 * thread;
        runs.add(threads.submit(() -> matching(model, rows, alone)));
      }
      for (Future<Integer> run : runs) {
        assertThat(run.get()).isEqualTo(100);
      }
    }
  }

  private static int matching(OnnxModel model, int rows, float alone) {
    int matching = 0;
    for (int i = 0; i < 100; i++) {
      matching += scoreOf(model, rows, 1) == alone ? 1 : 0;
    }
    return matching;
  }

  /** The first row's score in a batch whose other rows are random. */
  private static float scoreOf(OnnxModel model, int rows, long seed) {
    Bench bench = Bench.over(model);
    bench.record(rows);
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < rows * 64; i++) {
      bench.in(0).floats().put(i, random.nextFloat());
    }
    bench.run();
    float score = bench.out(0).floats().get(0);
    bench.unbind();
    return score;
  }

  @Test
  void shouldEndTheSessionOnlyWhenNobodyIsInside() throws ExecutionException, InterruptedException {
    OnnxModel model = Bench.load(AwkwardModels.loop().toBytes(), ModelOptions.DEFAULT);
    CountDownLatch started = new CountDownLatch(1);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Long> inside =
          thread.submit(
              () -> {
                Bench bench = Bench.over(model);
                bench.record(1);
                bench.in(0).longs().put(0, 300_000);
                started.countDown();
                bench.run();
                long done = bench.out(0).longs().get(0);
                bench.unbind();
                return done;
              });
      started.await();

      model.close();
      model.close();

      assertThat(inside.get()).isEqualTo(300_000);
      assertThat(model.session().isClosed()).isTrue();
    }
  }

  @Test
  void shouldFailLoudlyWhenBoundAfterItEnded() {
    OnnxModel model = Bench.load(SampleModels.lr64().toBytes(), ModelOptions.DEFAULT);
    model.close();

    assertThatThrownBy(() -> Bench.over(model)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
  }

  @Test
  void shouldLetGoWhenColumnsDoNotFit() {
    OnnxModel model = Bench.load(SampleModels.twoInTwoOut(3).toBytes(), ModelOptions.DEFAULT);
    try (model;
        Bench other = Bench.of(SampleModels.lr64())) {
      assertThatThrownBy(() -> model.step("wrong", new int[] {0, 0}, new int[] {1, 1}).bind(other.batch)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(model.session().isClosed()).isTrue();
  }
}
