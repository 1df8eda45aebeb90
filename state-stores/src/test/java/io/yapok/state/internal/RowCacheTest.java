package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.state.RowChanges;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RowCacheTest {
  private static final int KEY_BYTES = 10_000;

  private final RowChanges changes = new RowChanges();

  private static byte[] key(int number) {
    return ByteBuffer.allocate(KEY_BYTES).putInt(number).array();
  }

  @Test
  void shouldKeepNoMoreThanFitsWhenKeysAreLong() {
    RowCache cache = new RowCache(16 << 20, 4);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = key(i);
      int hash = changes.hash(key, 0, KEY_BYTES);
      cache.keep(new RowCache.Entry(key, hash, changes, changes.stamp(hash), 0, Long.MAX_VALUE, null, "there is no row"));
    }

    long kept = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] key = key(i);
      kept += cache.find(key, 0, KEY_BYTES, changes.hash(key, 0, KEY_BYTES), changes, 5) == null ? 0 : 1;
    }
    assertThat(kept * KEY_BYTES).isLessThanOrEqualTo(16 << 20).isGreaterThan(8 << 20);
  }
}
