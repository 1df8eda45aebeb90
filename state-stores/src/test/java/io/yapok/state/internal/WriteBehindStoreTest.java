package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindStoreTest {
  private static final TopicPartition CHANGELOG = new TopicPartition("changelog", 0);

  @TempDir private Path directory;
  private final RocksDbMemory memory = new RocksDbMemory(RocksDbMemory.MIN_BYTES);
  private final Beneath beneath = new Beneath();
  private final WriteBehindStore store = new WriteBehindStore(beneath);

  /** A store in the heap that tells what it was given, and can be broken. */
  private static final class Beneath extends InMemoryKeyValueStore {
    private final List<Map<TopicPartition, Long>> commits = new ArrayList<>();
    private int written;
    private int asked;
    private boolean broken;

    Beneath() {
      super("store");
    }

    @Override
    public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      written += entries.size();
      super.putAll(entries);
    }

    @Override
    public synchronized byte @Nullable [] get(Bytes key) {
      asked++;
      return super.get(key);
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
      commits.add(changelogOffsets);
    }
  }

  @BeforeEach
  void open() {
    store.init(StoreContexts.in(directory, Map.of(SharedMemorySetter.MEMORY, memory)), store);
  }

  @AfterEach
  void close() {
    store.close();
    assertThat(memory.recentValues().taken() + memory.knownKeys().taken()).as("memory that was not given back").isZero();
  }

  @Test
  void shouldWriteBeneathOnlyWhenCommitted() {
    for (int i = 0; i < 100; i++) {
      store.put(key(1), value(i));
    }
    assertThat(store.get(key(1))).isEqualTo(value(99));
    assertThat(beneath.written).isZero();

    store.commit(Map.of(CHANGELOG, 100L));
    assertThat(beneath.get(key(1))).isEqualTo(value(99));
    assertThat(beneath.written).isOne();
    assertThat(beneath.commits).containsExactly(Map.of(CHANGELOG, 100L));

    store.commit(Map.of(CHANGELOG, 100L));
    assertThat(beneath.written).as("nothing has changed").isOne();
  }

  @Test
  void shouldNotCommitAPlaceWhoseChangesCouldNotBeWritten() {
    store.put(key(1), value(1));
    beneath.broken = true;
    assertThatThrownBy(() -> store.commit(Map.of(CHANGELOG, 1L))).hasMessage("broken");
    assertThat(beneath.commits).isEmpty();

    beneath.broken = false;
    store.commit(Map.of(CHANGELOG, 1L));
    assertThat(beneath.get(key(1))).isEqualTo(value(1));
  }

  @Test
  void shouldHaveWrittenAllWhenClosed() {
    store.putAll(List.of(KeyValue.pair(key(1), value(1)), KeyValue.pair(key(2), value(2))));

    store.close();

    assertThat(beneath.written).isEqualTo(2);
    assertThat(beneath.isOpen()).isFalse();
  }

  @Test
  void shouldFindWhatWasWrittenPastItWhenReleased() {
    store.put(key(1), value(1));
    store.put(key(2), value(2));
    WriteBehindStore.release(store);
    assertThat(memory.recentValues().taken()).isZero();
    assertThat(beneath.get(key(1))).isEqualTo(value(1));

    beneath.put(key(1), value(3)); // as a standby's restoring does
    assertThat(store.get(key(1))).isEqualTo(value(3));
    assertThat(store.get(key(2))).isEqualTo(value(2));
    store.put(key(1), value(4));
    assertThat(store.get(key(1))).isEqualTo(value(4));
  }

  @Test
  void shouldAnswerAQuestionForOneKeyWithoutWritingTheOthers() {
    store.put(key(1), value(1));
    store.put(key(2), value(2));

    assertThat(ask(KeyQuery.<Bytes, byte[]>withKey(key(1))).getResult()).isEqualTo(value(1));
    assertThat(beneath.written).isOne();
  }

  @Test
  void shouldShowAllWhenAskedForMany() {
    store.put(key(1), value(1));
    store.put(key(2), value(2));
    store.delete(key(1));
    store.put(key(3), value(3));

    try (KeyValueIterator<Bytes, byte[]> found = ask(RangeQuery.<Bytes, byte[]>withNoBounds()).getResult()) {
      assertThat(found.next().key).isEqualTo(key(2));
      assertThat(found.next().value).isEqualTo(value(3));
      assertThat(found.hasNext()).isFalse();
    }
    assertThat(store.approximateNumEntries()).isEqualTo(2);
  }

  /** Whatever is done in whatever order, with more than there is room for: it is a map. */
  @Test
  void shouldBehaveAsAMapWhenMoreComesThanFits() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NavigableMap<Bytes, byte[]> map = new TreeMap<>();
    for (int i = 0; i < 200_000; i++) {
      Bytes key = key(random.nextInt(60_000));
      switch (random.nextInt(1000)) {
        case 0 -> WriteBehindStore.release(store);
        case 1 -> store.commit(Map.of(CHANGELOG, (long) i));
        case 2, 3, 4 -> assertThat(store.delete(key)).as("seed %d, step %d", seed, i).isEqualTo(map.remove(key));
        case 5 -> assertRange(seed, map, key);
        default -> {
          assertThat(store.get(key)).as("seed %d, step %d", seed, i).isEqualTo(map.get(key));
          byte[] value = new byte[100 + random.nextInt(200)];
          random.nextBytes(value);
          store.putAll(List.of(KeyValue.pair(key, value)));
          map.put(key, value);
        }
      }
    }
    assertThat(beneath.written).as("more than fits").isGreaterThan(10_000);
    store.commit(Map.of(CHANGELOG, 0L));
    map.forEach((key, value) -> assertThat(beneath.get(key)).as("seed %d", seed).isEqualTo(value));
    assertThat(beneath.approximateNumEntries()).as("seed %d", seed).isEqualTo(map.size());
  }

  /** The same where most keys are new, so that it comes to know which there are: those of before, which it did not write, and its own. */
  @Test
  void shouldBehaveAsAMapAndAskForFewKeysWhenMostAreNew() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<Bytes, byte[]> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      map.put(key(-i), value(i));
      beneath.put(key(-i), value(i));
    }
    int steps = 300_000;
    for (int i = 1; i <= steps; i++) {
      if (i == steps / 2) {
        WriteBehindStore.release(store);
        map.put(key(i + 10), value(1));
        beneath.put(key(i + 10), value(1)); // past it, as a standby's restoring does
      }
      Bytes key = key(random.nextInt(10) > 0 ? i : random.nextInt(20_000 + i) - 20_000);
      assertThat(store.get(key)).as("seed %d, step %d", seed, i).isEqualTo(map.get(key));
      byte[] value = new byte[200];
      random.nextBytes(value);
      store.putAll(List.of(KeyValue.pair(key, value)));
      map.put(key, value);
    }
    assertThat(beneath.asked).as("seed %d, of %d", seed, steps).isLessThan(steps / 4);
    map.forEach((key, value) -> assertThat(store.get(key)).as("seed %d", seed).isEqualTo(value));
  }

  private void assertRange(long seed, NavigableMap<Bytes, byte[]> map, Bytes from) {
    try (KeyValueIterator<Bytes, byte[]> found = store.range(from, null)) {
      map.tailMap(from, true).entrySet().stream()
          .limit(50)
          .forEach(
              entry -> {
                KeyValue<Bytes, byte[]> next = found.next();
                assertThat(next.key).as("seed %d", seed).isEqualTo(entry.getKey());
                assertThat(next.value).as("seed %d", seed).isEqualTo(entry.getValue());
              });
    }
  }

  @Test
  void shouldNeverShowAnotherThreadAnOlderValueThanBefore() {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(
            () -> {
              int last = -1;
              while (!done.get()) {
                byte @Nullable [] found = ask(KeyQuery.<Bytes, byte[]>withKey(key(7))).getResult();
                int now = found == null ? -1 : ByteBuffer.wrap(found).getInt();
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
              }
              return last;
            });
    for (int i = 0; i < 50_000; i++) {
      store.putAll(List.of(KeyValue.pair(key(7), value(i)), KeyValue.pair(key(100 + i), new byte[300])));
    }
    done.set(true);
    assertThat(reader.join()).isLessThan(50_000);
    assertThat(store.get(key(7))).isEqualTo(value(49_999));
  }

  private <R> QueryResult<R> ask(Query<R> query) {
    return store.query(query, PositionBound.unbounded(), new QueryConfig(false));
  }

  private static Bytes key(int number) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private static byte[] value(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
