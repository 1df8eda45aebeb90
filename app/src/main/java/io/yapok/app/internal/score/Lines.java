package io.yapok.app.internal.score;

import io.yapok.topology.PipelineRunner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a file as a pipeline's records: partition 0, the line's number counted from 0 as the offset (blank lines count). */
final class Lines implements PipelineRunner.Records {
  private final List<byte[]> values = new ArrayList<>();
  private final List<byte @Nullable []> keys = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<Long> timestamps = new ArrayList<>();
  private long bytes;

  /** Adds a line; its number is counted from 1. */
  void add(byte @Nullable [] key, byte[] value, long number, long timestamp) {
    numbers.add(number);
    timestamps.add(timestamp);
    keys.add(key);
    values.add(value);
    bytes += value.length;
  }

  /** Forgets the lines. */
  void clear() {
    numbers.clear();
    timestamps.clear();
    keys.clear();
    values.clear();
    bytes = 0;
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
    return timestamps.get(index);
  }

  @Override
  public int partition(int index) {
    return 0;
  }

  @Override
  public long offset(int index) {
    return numbers.get(index) - 1;
  }

  @Override
  public @Nullable Object origin(int index) {
    return null;
  }
}
