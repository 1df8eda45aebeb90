package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.yapok.state.StateStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class DamageGuardTest {
  /** The type of a whole record in a log whose file had another one before. */
  private static final byte RECYCLABLE = 5;

  private static final Map<TopicPartition, Long> OFFSETS = Map.of(new TopicPartition("changelog", 0), 7L);

  @TempDir private Path directory;

  @Test
  void shouldKeepWhatIsWhole() throws Exception {
    fill();

    whileOpen(
        store -> {
          assertThat(store.get(key(17))).isEqualTo(value(17));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST", "CURRENT"})
  void shouldOpenEmptyWhenAFileIsDamaged(String file) throws Exception {
    fill();
    for (Path path : files(file)) {
      overwrite(path, 0, Integer.MAX_VALUE);
    }

    assertOpensEmpty();
  }

  /** Kafka Streams' own place in the changelog is in a table of its own, which it reads as it opens the store. */
  @Test
  void shouldOpenEmptyWhenItsPlaceInTheChangelogIsDamaged() throws Exception {
    fill();
    overwrite(tables().getFirst(), 0, 64);

    assertOpensEmpty();
  }

  /** A manifest that RocksDB would read for ever. */
  @Test
  void shouldOpenEmptyWhenTheManifestHasARecordOfALogThatIsUsedAgain() throws Exception {
    fill();
    for (Path manifest : files("MANIFEST")) {
      byte[] bytes = Files.readAllBytes(manifest);
      bytes[7 + bytes[4] + 6] = RECYCLABLE;
      Files.write(manifest, bytes);
    }

    assertOpensEmpty();
  }

  @Test
  void shouldOpenEmptyWhenAFileIsMissing() throws Exception {
    fill();
    for (Path manifest : files("MANIFEST")) {
      Files.delete(manifest);
    }

    assertOpensEmpty();
  }

  @Test
  void shouldFailOnceAndOpenEmptyNextWhenABlockIsDamaged() throws Exception {
    fill();
    Path values = tables().getLast();
    overwrite(values, 0, Math.toIntExact(Files.size(values) / 2));

    whileOpen(
        store -> {
          assertThat(catchThrowable(() -> readAll(store))).isInstanceOf(ProcessorStateException.class).hasRootCauseInstanceOf(RocksDBException.class);
        });

    assertOpensEmpty();
  }

  @Test
  void shouldLeaveAStoreThatAnotherHasOpen() throws Exception {
    whileOpen(
        first -> {
          first.put(key(1), value(1));
          assertThat(catchThrowable(this::open)).isInstanceOf(ProcessorStateException.class);
          first.commit(OFFSETS);
        });

    whileOpen(
        store -> {
          assertThat(store.get(key(1))).isEqualTo(value(1));
        });
  }

  @Test
  void shouldKeepAStoreWhenTheDiskIsFull() {
    fill();
    var guard = new DamageGuard(new Full());
    var context = StoreContexts.in(directory, Map.of());

    assertThat(catchThrowable(() -> guard.init(context, guard))).hasMessageStartingWith("Error opening");
    assertThat(catchThrowable(() -> guard.put(key(1), value(1)))).hasMessageStartingWith("Error putting");

    whileOpen(store -> assertThat(store.get(key(17))).as("neither deleted nor marked").isEqualTo(value(17)));
  }

  @Test
  void shouldTakeNothingElseForDamage() {
    assertThat(RocksDbDamage.isReason(null)).isFalse();
    assertThat(RocksDbDamage.isReason(new IllegalStateException("Corruption: No such file"))).isFalse();
  }

  /** A store of the same name on a disk without room. */
  private static final class Full extends InMemoryKeyValueStore {
    private final RocksDBException reason = new RocksDBException("No space left on device", new Status(Status.Code.IOError, Status.SubCode.NoSpace, null));

    Full() {
      super("state");
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
      throw new ProcessorStateException("Error opening store state", reason);
    }

    @Override
    public synchronized void put(Bytes key, byte[] value) {
      throw new ProcessorStateException("Error putting key/value into store state", reason);
    }
  }

  private void fill() {
    whileOpen(
        store -> {
          for (int i = 0; i < 1000; i++) {
            store.put(key(i), value(i));
          }
          store.commit(OFFSETS);
        });
  }

  private static void readAll(KeyValueStore<Bytes, byte[]> store) {
    for (int i = 0; i < 1000; i++) {
      store.get(key(i));
    }
  }

  private void assertOpensEmpty() {
    whileOpen(
        store -> {
          assertThat(store.get(key(17))).isNull();
          assertThat(store.committedOffset(OFFSETS.keySet().iterator().next())).isNull();
          store.put(key(17), value(17));
          store.commit(OFFSETS);
        });
    whileOpen(
        store -> {
          assertThat(store.get(key(17))).as("it is not deleted again").isEqualTo(value(17));
        });
  }

  private void whileOpen(Consumer<KeyValueStore<Bytes, byte[]>> use) {
    var store = open();
    try {
      use.accept(store);
    } finally {
      store.close();
    }
  }

  private KeyValueStore<Bytes, byte[]> open() {
    var store = StateStores.persistent("state").withLoggingDisabled().build();
    store.init(StoreContexts.in(directory, Map.of()), store);
    return store;
  }

  private static Bytes key(int i) {
    return Bytes.wrap("key-%05d".formatted(i).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] value(int i) {
    return "a value of %d that takes some bytes".formatted(i).getBytes(StandardCharsets.US_ASCII);
  }

  private static void overwrite(Path file, int from, int length) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = from; i < bytes.length && i - from < length; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);
  }

  /** The smallest first. */
  private List<Path> tables() throws Exception {
    return files("").stream().filter(file -> file.toString().endsWith(".sst")).sorted(Comparator.comparingLong(file -> file.toFile().length())).toList();
  }

  private List<Path> files(String name) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().startsWith(name)).toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
