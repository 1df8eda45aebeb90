package io.yapok.state.internal;

import io.yapok.state.StateTable;
import java.util.HashMap;
import java.util.Map;
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

  @Override
  public void put(byte[] key, byte[] value) {
    values.put(Bytes.wrap(key), value);
  }
}
