package io.yapok.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.state.RowChanges;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowCacheTest {
  private static final int LONG_KEY = 10_000;
  private static final Layout VECTORS = new Layout(List.of(new ColumnSpec("taste", ElementType.FLOAT32, RowShape.of(16))));
  private static final Layout ITEMS =
      new Layout(
          List.of(
              new ColumnSpec("price", ElementType.FLOAT64, RowShape.SCALAR),
              new ColumnSpec("name", ElementType.TEXT, RowShape.SCALAR),
              new ColumnSpec("sizes", ElementType.INT32, RowShape.of(3))));

  private final RowChanges changes = new RowChanges();

  private static byte[] longKey(int number) {
    return ByteBuffer.allocate(LONG_KEY).putInt(number).array();
  }

  private int find(RowCache cache, byte[] key) {
    return cache.find(key, 0, key.length, hash(key), changes, 5);
  }

  private int keep(RowCache cache, byte[] key, @Nullable Batch row, String problem) {
    int hash = hash(key);
    return cache.keep(key, hash, changes, changes.stamp(hash), 0, Long.MAX_VALUE, row, problem);
  }

  private int hash(byte[] key) {
    return changes.hash(key, 0, key.length);
  }

  /** With an item in its first row. */
  private static Batch item(int number) {
    Batch batch = new Batch(ITEMS, 1 << 20);
    batch.addRecord(null, null, 0, 0, 0, null);
    batch.reserveRows(1);
    batch.column(0).doubles().put(0, number / 7.0);
    batch.column(1).appendText("item " + number);
    IntStream.range(0, 3).forEach(i -> batch.column(2).ints().put(i, number + i));
    batch.endRecord(1);
    return batch;
  }

  /** What a slot's row is when it is written somewhere among others. */
  private static String shown(RowCache cache, int slot) {
    Batch batch = new Batch(ITEMS, 1 << 20);
    batch.reserveRows(3);
    for (int row = 0; row < 3; row++) {
      cache.write(row == 1 ? slot : RowCache.NONE, List.of(batch.column(0), batch.column(1), batch.column(2)), row);
    }
    assertThat(batch.column(0).doubles().get(0) + batch.column(0).doubles().get(2) + batch.column(1).text(0) + batch.column(1).text(2)).isEqualTo("0.0");
    return shown(batch, 1);
  }

  private static String shown(Batch batch, int row) {
    var sizes = batch.column(2).ints();
    return batch.column(0).doubles().get(row) + " " + batch.column(1).text(row) + " " + sizes.get(3 * row) + " " + sizes.get(3 * row + 1) + " " + sizes.get(3 * row + 2);
  }

  /** As of a ranking's items: what is looked up again costs a hundred times as much as what is kept. */
  @Test
  void shouldKeepNextToAllRowsWhenTheyFit() {
    RowCache cache = new RowCache(16 << 20, VECTORS);
    Batch row = new Batch(VECTORS, 1 << 20);
    row.reserveRows(1);
    List<byte[]> keys = IntStream.range(0, 50_000).mapToObj(number -> Integer.toString(number).getBytes(UTF_8)).toList();
    keys.forEach(key -> keep(cache, key, row, ""));

    assertThat(keys.stream().filter(key -> find(cache, key) != RowCache.NONE).count()).isGreaterThan(49_500);
  }

  @Test
  void shouldKeepNoMoreThanFitsWhenKeysAreLong() {
    RowCache cache = new RowCache(16 << 20, VECTORS);
    for (int i = 0; i < 20_000; i++) {
      keep(cache, longKey(i), null, "there is no row");
    }

    long kept = IntStream.range(0, 20_000).filter(i -> find(cache, longKey(i)) != RowCache.NONE).count();
    assertThat(kept * LONG_KEY).isLessThanOrEqualTo(16 << 20).isGreaterThan(8 << 20);
  }

  @Test
  void shouldHandOutButNotKeepWhatTakesTheRoomOfMany() {
    RowCache cache = new RowCache(1 << 20, ITEMS);

    int slot = keep(cache, longKey(1), item(3), "");

    assertThat(shown(cache, slot)).isEqualTo(shown(item(3), 0));
    assertThat(cache.isOf(slot, longKey(1), 0, LONG_KEY)).isTrue();
    assertThat(cache.isOf(slot, longKey(2), 0, LONG_KEY)).isFalse();
    assertThat(find(cache, longKey(1))).isEqualTo(RowCache.NONE);
  }

  /** Against a map: keys of all lengths, rows and rejections, with room for a part of them and changes in between. */
  @Test
  void shouldFindWhatWasKeptLastOrNothing() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    RowCache cache = new RowCache(1 << 19, ITEMS);
    List<byte[]> keys = IntStream.range(0, 3_000).mapToObj(i -> ("k" + i + "-".repeat(i % 40)).getBytes(UTF_8)).toList();
    Map<Integer, Integer> kept = new HashMap<>(); // key to item, or to nothing known since it changed; negative for what is rejected
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      int number = (int) Math.abs(random.nextGaussian() * 1_000) % keys.size();
      byte[] key = keys.get(number);
      int slot = find(cache, key);
      Integer expected = kept.get(number);
      if (slot != RowCache.NONE) {
        found++;
        assertThat(expected).as("seed %d", seed).isNotNull();
        assertThat(cache.rejects(slot)).as("seed %d", seed).isEqualTo(expected < 0);
        assertThat(expected < 0 ? cache.problem(slot) : shown(cache, slot)).as("seed %d", seed).isEqualTo(expected < 0 ? "none of " + expected : shown(item(expected), 0));
      } else {
        int item = random.nextInt(1_000_000) - 100_000;
        int added = keep(cache, key, item < 0 ? null : item(item), item < 0 ? "none of " + item : "");
        assertThat(cache.isOf(added, key, 0, key.length)).isTrue();
        kept.put(number, item);
      }
      if (random.nextInt(50) == 0) {
        changes.changed(key);
        kept.remove(number);
      }
    }
    assertThat(found).isGreaterThan(20_000).isLessThan(95_000);
  }

  @Test
  void shouldFindOnlyWhatHoldsAtTheTimeAndAmongTheseRows() {
    RowCache cache = new RowCache(1 << 20, ITEMS);
    byte[] key = "key".getBytes(UTF_8);
    int early = cache.keep(key, 7, changes, changes.stamp(7), 10, 20, item(1), "");
    int late = cache.keep(key, 7, changes, changes.stamp(7), 20, 30, item(2), "");

    assertThat(cache.find(key, 0, 3, 7, changes, 9)).isEqualTo(RowCache.NONE);
    assertThat(cache.find(key, 0, 3, 7, changes, 10)).isEqualTo(early);
    assertThat(cache.find(key, 0, 3, 7, changes, 29)).isEqualTo(late);
    assertThat(cache.find(key, 0, 3, 7, changes, 30)).isEqualTo(RowCache.NONE);
    assertThat(cache.find(key, 0, 3, 7, new RowChanges(), 10)).isEqualTo(RowCache.NONE);
  }
}
