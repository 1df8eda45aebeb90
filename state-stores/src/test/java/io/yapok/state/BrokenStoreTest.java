package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class BrokenStoreTest {
  /** The type of a whole record in a log whose file had another one before. */
  private static final byte RECYCLABLE = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST", "CURRENT"})
  void shouldFindAndDeleteAStoreWhoseFilesAreDamaged(String file) throws Exception {
    open().close();
    overwrite(file);

    var thrown = catchThrowable(this::open);

    assertThat(BrokenStore.in(new StreamsException(thrown))).hasValueSatisfying(BrokenStore::delete);
    open().close();
  }

  /** One that RocksDB would read for ever. */
  @Test
  void shouldFindAndDeleteAStoreWhoseManifestHasARecordOfAWalThatIsUsedAgain() throws Exception {
    open().close();
    open().close();
    for (Path manifest : files("MANIFEST")) {
      byte[] bytes = Files.readAllBytes(manifest);
      bytes[7 + bytes[4] + 6] = RECYCLABLE;
      Files.write(manifest, bytes);
    }

    var thrown = catchThrowable(this::open);

    assertThat(BrokenStore.in(new StreamsException(thrown))).hasValueSatisfying(BrokenStore::delete);
    open().close();
  }

  @Test
  void shouldFindAStoreWithAFileMissing() throws Exception {
    open().close();
    for (Path manifest : files("MANIFEST")) {
      Files.delete(manifest);
    }

    assertThat(BrokenStore.in(catchThrowable(this::open))).isPresent();
  }

  @Test
  void shouldLeaveAStoreThatAnotherHasOpen() {
    var first = open();
    var thrown = catchThrowable(this::open);
    first.close();

    assertThat(thrown).isInstanceOf(ProcessorStateException.class);
    assertThat(BrokenStore.in(thrown)).isEmpty();
  }

  @Test
  void shouldLeaveAStoreWhenTheDiskIsFull() {
    var full = new RocksDBException("No space left on device", new Status(Status.Code.IOError, Status.SubCode.NoSpace, null));

    assertThat(BrokenStore.in(new ProcessorStateException("Error opening store state at location " + directory, full))).isEmpty();
  }

  @Test
  void shouldFindNothingInOtherFailures() {
    assertThat(BrokenStore.in(new StreamsException(new IllegalStateException("Error opening store state at location /")))).isEmpty();
  }

  private KeyValueStore<Bytes, byte[]> open() {
    var config = new Properties();
    config.putAll(Map.of("application.id", "app", "bootstrap.servers", "nowhere:1"));
    var context = new MockProcessorContext<>(config, new org.apache.kafka.streams.processor.TaskId(0, 0), directory.toFile());
    var store = StateStores.persistent("state").withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }

  private void overwrite(String name) throws Exception {
    for (Path file : files(name)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 0x55;
      }
      Files.write(file, bytes);
    }
  }

  private List<Path> files(String name) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(file -> file.getFileName().toString().startsWith(name)).toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
