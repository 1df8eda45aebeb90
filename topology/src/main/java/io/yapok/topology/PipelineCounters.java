package io.yapok.topology;

import io.yapok.schemas.RejectReason;
import io.yapok.state.LateCounts;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a pipeline has done in this JVM, over all its threads, since it was started: {@code in = out + rejected + dropped}. Read by metrics, the dashboard and
 * health, from any thread; counts rise when a batch has been handed to the producer, so records that a crash or a rebalance brings again count again.
 */
public interface PipelineCounters {
  /** Upper bounds of {@link #batchSizes}' buckets but the last, which has none. */
  List<Integer> BATCH_SIZE_BOUNDS = List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096);

  /** Records taken from the source. */
  long in();

  /** Results sent to the sink, tombstones passed on among them. */
  long out();

  /** Records rejected for any reason. */
  long rejected();

  /** Records rejected, by reason; reasons that have not occurred are left out. */
  Map<RejectReason, Long> rejectedByReason();

  /** The reason of records whose results the sink does not take: {@code sink.only}. */
  String FILTERED = "filtered";

  /** Records neither answered nor rejected, by reason: {@link #FILTERED}. Reasons that have not occurred are left out. */
  Map<String, Long> droppedByReason();

  /** Records neither answered nor rejected. */
  long dropped();

  /** Batches run. */
  long batches();

  /** Rows that the steps have seen. */
  long rows();

  /** Records of tables' topics that are no rows: in the dead-letter topic where the table is partitioned, in the log where it is global. They are no records of the source. */
  long refusedRows();

  /** Stream threads that failed. */
  long threadFailures();

  /** Records that repeated one that was answered ({@code state.dedupe}); they count as answered too. */
  long duplicates();

  /** Keys deleted from the state since they had been idle for long ({@code state.ttl}). */
  long expiredKeys();

  /** What became of values that came after the window of the feature that they belong to. */
  LateCounts lateValues();

  /** How many batches had at most {@link #BATCH_SIZE_BOUNDS}{@code [i]} records (and more than the bound before); the last entry counts all larger ones. */
  long[] batchSizes();

  /** Nanoseconds spent in each stage over all threads: {@code decode}, then each step by name. */
  SortedMap<String, Long> stageNanos();
}
