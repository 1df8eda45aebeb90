package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import java.io.IOException;
import java.time.Duration;

/**
 * The model over records that are already in memory, in runs as large as a poll's: no Kafka. Prints {@code figures RECORDS NANOS CPU_NANOS} after warm-up, and
 * ends by itself.
 */
public final class OrtOnly {
  /** The first word of the line with the figures. */
  public static final String FIGURES = "figures";

  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int MOST_POOL_BYTES = 128 << 20;

  private OrtOnly() {}

  public static void main(String[] arguments) throws IOException, OrtException {
    Assignment assignment = Assignment.parse(arguments);
    Workload workload = Workloads.named(assignment.workload()).orElseThrow();
    byte[][] values = values(workload);
    byte[][] results = new byte[values.length][];
    try (Scorer scorer = Scorer.of(assignment)) {
      run(scorer, values, results, WARM_UP);
      long cpu = cpuNanos();
      long start = System.nanoTime();
      long records = run(scorer, values, results, MEASURED);
      System.out.println(FIGURES + " " + records + " " + (System.nanoTime() - start) + " " + (cpuNanos() - cpu));
    }
  }

  private static long run(Scorer scorer, byte[][] values, byte[][] results, Duration length) throws OrtException {
    long start = System.nanoTime();
    long records = 0;
    do {
      scorer.score(values, values.length, results);
      records += values.length;
    } while (System.nanoTime() - start < length.toNanos());
    return records;
  }

  /** As many records as a poll returns: by number, or by the bytes that one fetch brings of each partition where they are large. */
  private static byte[][] values(Workload workload) {
    RecordPool pool = workload.pool();
    int count = Math.clamp(MOST_POOL_BYTES / pool.value(0).length, 1, ClientSettings.MAX_POLL_RECORDS);
    byte[][] values = new byte[Math.min(count, pool.value(0).length > ClientSettings.FETCH_BYTES / 2 ? 1 : count)][];
    for (int id = 0; id < values.length; id++) {
      values[id] = pool.value(id);
    }
    return values;
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }
}
