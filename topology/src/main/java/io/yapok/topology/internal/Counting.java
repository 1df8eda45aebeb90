package io.yapok.topology.internal;

import io.yapok.schemas.RejectReason;
import io.yapok.state.LateCounts;
import io.yapok.topology.PipelineCounters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The counters of one running pipeline. Stream threads add to them once a batch, and once more for each rejected record. */
public final class Counting implements PipelineCounters {
  private static final int[] BOUNDS = BATCH_SIZE_BOUNDS.stream().mapToInt(Integer::intValue).toArray();

  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder filtered = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder refusedRows = new LongAdder();
  private final LongAdder threadFailures = new LongAdder();
  private final Map<RejectReason, LongAdder> rejectedBy = new EnumMap<>(RejectReason.class);
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder expiredKeys = new LongAdder();
  private final LateCounts lateValues = new LateCounts();
  private final LongAdder[] batchSizes = adders(BATCH_SIZE_BOUNDS.size() + 1);
  private final Map<String, LongAdder> stageNanos = new ConcurrentHashMap<>();

  /** Counters at zero. */
  public Counting() {
    for (RejectReason reason : RejectReason.values()) {
      rejectedBy.put(reason, new LongAdder());
    }
  }

  @Override
  public long in() {
    return in.sum();
  }

  @Override
  public long out() {
    return out.sum();
  }

  @Override
  public long rejected() {
    return rejected.sum();
  }

  @Override
  public Map<RejectReason, Long> rejectedByReason() {
    Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
    rejectedBy.forEach(
        (reason, adder) -> {
          if (adder.sum() > 0) {
            counts.put(reason, adder.sum());
          }
        });
    return counts;
  }

  @Override
  public long duplicates() {
    return duplicates.sum();
  }

  /** One more. */
  void duplicate() {
    duplicates.increment();
  }

  @Override
  public long expiredKeys() {
    return expiredKeys.sum();
  }

  /** So many more. */
  void expired(int keys) {
    expiredKeys.add(keys);
  }

  @Override
  public LateCounts lateValues() {
    return lateValues;
  }

  @Override
  public Map<String, Long> droppedByReason() {
    long count = filtered.sum();
    return count == 0 ? Map.of() : Map.of(FILTERED, count);
  }

  @Override
  public long dropped() {
    return filtered.sum();
  }

  @Override
  public long batches() {
    return batches.sum();
  }

  @Override
  public long rows() {
    return rows.sum();
  }

  @Override
  public long refusedRows() {
    return refusedRows.sum();
  }

  @Override
  public long threadFailures() {
    return threadFailures.sum();
  }

  @Override
  public long[] batchSizes() {
    return Stream.of(batchSizes).mapToLong(LongAdder::sum).toArray();
  }

  @Override
  public SortedMap<String, Long> stageNanos() {
    SortedMap<String, Long> nanos = new TreeMap<>();
    stageNanos.forEach((stage, adder) -> nanos.put(stage, adder.sum()));
    return nanos;
  }

  /** A batch has been handed to the producer: of its records this many are answered, this many are dropped as no results for the sink, and the rest is rejected. */
  public void delivered(int records, int answered, int dropped) {
    in.add(records);
    out.add(answered);
    filtered.add(dropped);
    rejected.add(records - answered - dropped);
  }

  /** Of the batches delivered, one record was rejected for this reason. */
  public void rejectedFor(RejectReason reason) {
    Objects.requireNonNull(rejectedBy.get(reason)).increment();
  }

  /** A batch has been run. */
  public void ran(int records, int rowsRun) {
    batches.increment();
    rows.add(rowsRun);
    int at = Arrays.binarySearch(BOUNDS, records);
    batchSizes[at < 0 ? -at - 1 : at].increment();
  }

  /** A record of a table's topic is no row. */
  public void refusedRow() {
    refusedRows.increment();
  }

  /** A stream thread has failed. */
  public void threadFailed() {
    threadFailures.increment();
  }

  /** The adder for a stage's nanoseconds. */
  public LongAdder stage(String name) {
    return stageNanos.computeIfAbsent(name, _ -> new LongAdder());
  }

  private static LongAdder[] adders(int count) {
    return Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
  }
}
