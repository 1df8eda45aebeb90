package io.yapok.state.internal;

import io.yapok.state.RowChanges;
import io.yapok.state.TableRows;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** In the heap. */
public final class HeapRows implements TableRows {
  private final Map<Bytes, byte[]> rows = new HashMap<>();
  private final RowChanges changes = new RowChanges();

  @Override
  public Version find(byte[] key, long timestamp) {
    return Version.always(rows.get(Bytes.wrap(key)));
  }

  @Override
  public boolean put(byte[] key, byte @Nullable [] value, long timestamp) {
    if (value == null) {
      rows.remove(Bytes.wrap(key));
    } else {
      rows.put(Bytes.wrap(key), value);
    }
    changes.changed(key);
    return true;
  }

  @Override
  public RowChanges changes() {
    return changes;
  }
}
