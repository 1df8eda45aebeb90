package io.yapok.state.internal;

import io.yapok.state.StateTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** In the heap. */
public final class MapStateTable implements StateTable {
  private final Map<Bytes, byte[]> values = new HashMap<>();

  @Override
  public byte @Nullable [] get(byte[] key) {
    return values.get(Bytes.wrap(key));
  }

  @Override
  public void delete(byte[] key) {
    values.remove(Bytes.wrap(key));
  }

  /** Sorts all keys each time: what is in the heap is small or never scanned. */
  @Override
  public boolean scan(byte @Nullable [] after, Entries entries) {
    Bytes bound = after == null ? null : Bytes.wrap(after);
    List<Bytes> keys = values.keySet().stream().filter(key -> bound == null || key.compareTo(bound) > 0).sorted().toList();
    return keys.stream().allMatch(key -> entries.take(key.get(), Objects.requireNonNull(values.get(key))));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    values.put(Bytes.wrap(key), value);
  }
}
