package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The RocksDB store, inside a topology without a broker. */
class PersistentStateTest extends StateTableContract {
  private static final Features FEATURES = Features.of("{features: {seen: count}}");

  private static final Features EXPIRING = Features.of("{features: {seen: count}, ttl: 1d}");

  @TempDir Path stateDir;
  private Runnable work = () -> {};
  private StateMemory memory;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    memory = StateMemory.ofBytes(32 << 20);
    driver = driver();
  }

  @AfterEach
  void stop() {
    driver.close();
    memory.close();
    memory.close();
  }

  @Override
  StateTable table() {
    return StateTable.of(store());
  }

  @Test
  void shouldWriteOneChangelogRecordForEachKeyOfABatch() {
    work = this::runBatch;
    driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer()).pipeInput(new byte[0], new byte[0]);

    TestOutputTopic<byte[], byte[]> changelog = driver.createOutputTopic("app-memory-changelog", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    assertThat(new String(changelog.readKeyValue().value, StandardCharsets.UTF_8)).contains("feature_seen");
    for (byte key = 0; key < 3; key++) {
      KeyValue<byte[], byte[]> change = changelog.readKeyValue();
      assertThat(change.key).containsExactly(key);
      assertThat(change.value).startsWith(0xC3, 0x01);
    }
    assertThat(changelog.isEmpty()).isTrue();
  }

  @Test
  void shouldKeepAllStoresWithinOneMemory() {
    long before = memory.usedBytes();
    StateTable table = table();
    byte[] value = new byte[1000];
    for (int i = 0; i < 60_000; i++) {
      table.put(("key-" + i).getBytes(StandardCharsets.UTF_8), value);
      if (i % 1000 == 999) {
        table.flush();
      }
    }

    assertThat(memory.usedBytes()).isGreaterThan(before).isLessThan(48L << 20);
    assertThat(table.get("key-1".getBytes(StandardCharsets.UTF_8))).hasSize(1000);
  }

  @Test
  void shouldNotHaveAtHandWhatWasDeleted() {
    StateTable table = table();
    KeyState state = new KeyState(table);
    Batch batch = new Batch(EXPIRING.layout(), 1 << 20);
    batch.addRecord(new byte[] {1}, new byte[0], 0, 0, 0, null);
    batch.endRecord(1);
    state.recall(batch, EXPIRING.spec());
    state.write();
    assertThat(table.get(new byte[] {1})).isNotNull();

    Expiry expiry = new Expiry(table);
    long streamTime = Duration.ofDays(3).toMillis();
    while (expiry.isDue(EXPIRING.spec(), streamTime)) {
      expiry.slice(EXPIRING.spec(), streamTime);
    }

    assertThat(table.get(new byte[] {1})).isNull();
    assertThat(store().get(Bytes.wrap(new byte[] {1}))).isNull();
    state.recall(batch, EXPIRING.spec());
    assertThat(batch.column(3).longs().get(0)).as("seen before").isZero();
  }

  private void runBatch() {
    KeyState state = new KeyState(table());
    Batch batch = new Batch(FEATURES.layout(), 1 << 20);
    for (int i = 0; i < 10; i++) {
      batch.addRecord(new byte[] {(byte) (i % 3)}, new byte[0], i, 0, i, null);
      batch.endRecord(1);
    }
    state.recall(batch, FEATURES.spec());
    state.write();
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore("memory");
  }

  private TopologyTestDriver driver() {
    Topology topology = new Topology();
    topology.addSource("source", "in").addProcessor("processor", Worker::new, "source").addStateStore(StateStores.writtenBehind("memory"), "processor");
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
    settings.putAll(memory.settings());
    return new TopologyTestDriver(topology, settings);
  }

  private final class Worker implements Processor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> ignored) {
      work.run();
    }
  }
}
