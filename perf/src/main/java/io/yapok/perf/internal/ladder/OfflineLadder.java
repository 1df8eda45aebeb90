package io.yapok.perf.internal.ladder;

import io.yapok.model.CompiledSteps;
import io.yapok.perf.internal.measure.PreparedRecords;
import io.yapok.perf.internal.report.Spread;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times a pipeline's stages without Kafka, on this thread, by the clock that the runner itself keeps. */
final class OfflineLadder implements PipelineRunner.Answers {
  private static final int RECORDS = 500;
  private static final int REPEATS = 15;
  private static final long REPEAT_NANOS = 200_000_000;

  private final List<String> names = new ArrayList<>();
  private long[] nanos = new long[0];
  private long rows;
  private long bytes;

  private OfflineLadder(CompiledSteps steps) {
    names.add("decode");
    steps.steps().forEach(step -> names.add(step.name()));
    names.add("encode");
  }

  /** Nanoseconds a row of each stage: medians over stretches of a fifth of a second, the first third of which warm up. */
  static Map<String, Spread> measure(Workload workload, Pipeline pipeline) {
    PreparedRecords records = new PreparedRecords(workload.pool(), RECORDS);
    OfflineLadder ladder = new OfflineLadder(pipeline.current());
    List<double[]> repeats = new ArrayList<>();
    try (PipelineRunner runner = pipeline.runner()) {
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        repeats.add(ladder.stretch(runner, records));
      }
    }
    List<double[]> warm = repeats.subList(REPEATS / 3, REPEATS);
    Map<String, Spread> stages = new LinkedHashMap<>();
    for (int i = 0; i < ladder.names.size(); i++) {
      int stage = i;
      stages.put(ladder.names.get(i), Spread.of(warm.stream().mapToDouble(repeat -> repeat[stage])));
    }
    return stages;
  }

  private double[] stretch(PipelineRunner runner, PreparedRecords records) {
    nanos = new long[names.size()];
    rows = 0;
    long begin = System.nanoTime();
    long all = 0;
    while (all < REPEAT_NANOS) {
      runner.run(records, Memory.NONE, this);
      all = System.nanoTime() - begin;
    }
    long timed = 0;
    double[] each = new double[names.size()];
    for (int i = 0; i < each.length - 1; i++) {
      timed += nanos[i];
      each[i] = (double) nanos[i] / rows;
    }
    each[each.length - 1] = (double) (all - timed) / rows; // the runner keeps no clock for the last stage
    return each;
  }

  @Override
  public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
    bytes += value == null ? 0 : value.length; // else the compiler might see that nobody wants it
  }

  @Override
  public void reject(Batch batch, int record, Reject reject) {
    throw new IllegalStateException("a record of the benchmark's was rejected: " + reject);
  }

  @Override
  public void batchDone(Batch batch) {
    for (int i = 0; i < batch.elapsedCount(); i++) {
      nanos[i] += batch.elapsedNanos(i);
    }
    rows += batch.rows();
  }

  @Override
  public String toString() {
    return names + " over " + bytes + " bytes";
  }
}
