package io.yapok.topology.internal;

import io.yapok.state.StateTable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A table before a table: what the batches of one run put stays here, and is seen by the later ones, until the run has succeeded. Then each key is put below once,
 * however many batches the run took.
 */
final class FoldTable implements StateTable {
  private final StateTable below;
  private final Map<Bytes, byte[]> pending = new LinkedHashMap<>();

  FoldTable(StateTable below) {
    this.below = below;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] own = pending.get(Bytes.wrap(key));
    return own == null ? below.get(key) : own;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    pending.put(Bytes.wrap(key), value);
  }

  void clear() {
    pending.clear();
  }

  void write() {
    pending.forEach((key, value) -> below.put(key.get(), value));
    pending.clear();
  }
}
