package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.topology.PipelineRunner;
import org.jspecify.annotations.Nullable;

/** Records made beforehand, as a poll would have brought them. Used by one thread. */
public final class PreparedRecords implements PipelineRunner.Records {
  private final byte[][] keys;
  private final byte[][] values;
  private int size;

  /** The first records of a workload; all of them are shown. */
  public PreparedRecords(RecordPool pool, int count) {
    this.keys = new byte[count][];
    this.values = new byte[count][];
    this.size = count;
    for (int id = 0; id < count; id++) {
      keys[id] = pool.key(id);
      values[id] = pool.value(id);
    }
  }

  /** Shows only so many of them from now on. */
  public void show(int count) {
    if (count < 1 || count > keys.length) {
      throw new IllegalArgumentException("there are " + keys.length + " records, not " + count);
    }
    size = count;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public byte[] key(int index) {
    return keys[index];
  }

  @Override
  public byte[] value(int index) {
    return values[index];
  }

  @Override
  public long timestamp(int index) {
    return 1_700_000_000_000L + index;
  }

  @Override
  public int partition(int index) {
    return 0;
  }

  @Override
  public long offset(int index) {
    return index;
  }

  @Override
  public @Nullable Object origin(int index) {
    return null;
  }
}
