package io.yapok.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.state.RowChanges;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowCacheTest {
  private static final int KEY_BYTES = 10_000;

  private final RowChanges changes = new RowChanges();

  private static byte[] key(int number) {
    return ByteBuffer.allocate(KEY_BYTES).putInt(number).array();
  }

  /** As of a ranking's items: what is looked up again costs a hundred times as much as what is kept. */
  @Test
  void shouldKeepNextToAllRowsWhenTheyFit() {
    RowCache cache = new RowCache(16 << 20, 64);
    DecodedRow row = DecodedRow.blank(new Layout(List.of(new ColumnSpec("taste", ElementType.FLOAT32, RowShape.of(16)))));
    List<byte[]> keys = IntStream.range(0, 50_000).mapToObj(number -> Integer.toString(number).getBytes(UTF_8)).toList();
    for (byte[] key : keys) {
      int hash = changes.hash(key, 0, key.length);
      cache.keep(new RowCache.Entry(key, hash, changes, changes.stamp(hash), 0, Long.MAX_VALUE, row, ""));
    }

    assertThat(keys.stream().filter(key -> cache.find(key, 0, key.length, changes.hash(key, 0, key.length), changes, 5) != null).count()).isGreaterThan(49_500);
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
