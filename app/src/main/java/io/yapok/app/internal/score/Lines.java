package io.yapok.app.internal.score;

import io.yapok.topology.PipelineRunner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a file as a pipeline's records: partition 0, the line's number counted from 0 as the offset, one time for the whole file. */
final class Lines implements PipelineRunner.Records {
  private final long timestamp;
  private final List<byte[]> values = new ArrayList<>();
  private final List<byte @Nullable []> keys = new ArrayList<>();
  private long first;
  private long bytes;

  Lines(long timestamp) {
    this.timestamp = timestamp;
  }

  void add(byte @Nullable [] key, byte[] value) {
    keys.add(key);
    values.add(value);
    bytes += value.length;
  }

  /** Forgets the lines; the next one has the number after the last. */
  void clear() {
    first += values.size();
    keys.clear();
    values.clear();
    bytes = 0;
  }

  /** Counts a line that is no record of the pipeline, and returns its number; called when there are no others. */
  long skip() {
    return first++;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return keys.get(index);
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values.get(index);
  }

  @Override
  public long timestamp(int index) {
    return timestamp;
  }

  @Override
  public int partition(int index) {
    return 0;
  }

  @Override
  public long offset(int index) {
    return first + index;
  }

  @Override
  public @Nullable Object origin(int index) {
    return null;
  }
}
