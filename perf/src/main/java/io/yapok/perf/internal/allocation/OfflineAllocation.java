package io.yapok.perf.internal.allocation;

import com.sun.management.ThreadMXBean;
import io.yapok.perf.internal.measure.PreparedRecords;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Counts, to the byte, what this thread allocates for batches that go through a pipeline's runner and become Kafka's records, less what a control allocates that only
 * makes those records, their headers and arrays as long as the results. Counted for two sizes that one run of the model takes: the difference over the records that
 * one has more is the slope, the rest is a run's own. And for a full batch, which may need several runs.
 */
final class OfflineAllocation {
  /** The most rows that a run of a model takes, and half of them. */
  private static final int MANY = 128;

  private static final int FEW = 64;

  /** Records of a full batch. */
  static final int RECORDS = 500;

  private static final int WARM_UP_BATCHES = 400;
  private static final int BATCHES = 40;
  private static final int ROUNDS = 10;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final PreparedRecords records;
  private final Made made = new Made();

  private OfflineAllocation(PreparedRecords records) {
    this.records = records;
  }

  /**
   * What was counted, the control's share taken away.
   *
   * @param perRecord bytes that one record more in a batch costs
   * @param perRun bytes that a batch of one run of the model costs however few records it has
   * @param full bytes a record in batches of {@link #RECORDS}, all of them
   * @param control bytes that the control allocates a record
   */
  record Counted(double perRecord, double perRun, double full, double control) {}

  /** Counts for a workload's own records. */
  static Counted measure(Workload workload, Pipeline pipeline) {
    return measure(new PreparedRecords(workload.pool(), RECORDS), pipeline);
  }

  /**
   * Runs records through the pipeline again and again on this thread, until the compiler has done its part.
   *
   * @param records {@link #RECORDS} of them
   */
  static Counted measure(PreparedRecords records, Pipeline pipeline) {
    OfflineAllocation measured = new OfflineAllocation(records);
    try (PipelineRunner runner = pipeline.runner()) {
      Runnable ours = () -> runner.run(measured.records, Memory.NONE, measured.made);
      measured.warmUp(ours);
      double oursFull = measured.bytesPerBatch(ours, RECORDS);
      double oursMany = measured.bytesPerBatch(ours, MANY);
      double oursFew = measured.bytesPerBatch(ours, FEW);
      measured.warmUp(measured::control);
      double controlFull = measured.bytesPerBatch(measured::control, RECORDS);
      double many = oursMany - measured.bytesPerBatch(measured::control, MANY);
      double few = oursFew - measured.bytesPerBatch(measured::control, FEW);
      double slope = (many - few) / (MANY - FEW);
      return new Counted(slope, few - slope * FEW, (oursFull - controlFull) / RECORDS, controlFull / RECORDS);
    }
  }

  private void warmUp(Runnable batch) {
    records.show(RECORDS);
    for (int i = 0; i < WARM_UP_BATCHES; i++) {
      batch.run();
    }
  }

  /** The least of some rounds: a round in which the compiler swaps code in may allocate more, none allocates less than it must. */
  private double bytesPerBatch(Runnable batch, int size) {
    records.show(size);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < BATCHES; i++) {
        batch.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return (double) least / BATCHES;
  }

  private void control() {
    for (int i = 0; i < records.size(); i++) {
      made.keep(i, records.key(i), records.timestamp(i), new byte[made.lengths[i]]);
    }
  }

  /** Makes Kafka's records as a task does and keeps the last batch of them, as the producer would. */
  private static final class Made implements PipelineRunner.Answers {
    private static final Integer PARTITION = 0;

    /** Kafka's record copies them, so the results of a batch can share one. */
    private final RecordHeaders headers = new RecordHeaders();

    private final @Nullable Object[] kept = new Object[RECORDS];
    private final int[] lengths = new int[RECORDS];

    @Override
    public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> added) {
      if (value == null) {
        throw new IllegalStateException("a workload has no tombstones");
      }
      lengths[record] = value.length;
      keep(record, batch.key(record), batch.timestamp(record), value);
    }

    private void keep(int record, byte @Nullable [] key, long timestamp, byte[] value) {
      kept[record] = new ProducerRecord<byte[], byte[]>("sink", PARTITION, timestamp, key, value, headers);
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      throw new IllegalStateException("a record of the benchmark's was rejected: " + reject);
    }
  }
}
