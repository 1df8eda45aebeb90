package io.yapok.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of rows in the RocksDB store, inside a topology without a broker. */
class VersionedRowsTest {
  private static final int HISTORY = 1_000;

  /** Whose store it is; it does nothing. */
  private static final class Keeper implements Processor<byte[], byte[], Void, Void> {
    @Override
    public void process(Record<byte[], byte[]> record) {}
  }

  @TempDir private Path directory;
  private TopologyTestDriver driver;
  private TableRows rows;

  @BeforeEach
  void start() {
    Topology topology = new Topology();
    topology.addSource("source", Serdes.ByteArray().deserializer(), Serdes.ByteArray().deserializer(), "in").addProcessor("keeper", Keeper::new, "source");
    topology.addStateStore(StateStores.persistent("rows"), "keeper");
    Properties settings = new Properties();
    settings.putAll(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "app", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:0", StreamsConfig.STATE_DIR_CONFIG, directory.toString()));
    driver = new TopologyTestDriver(topology, settings);
    open();
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  /** As a task that has the store from another one, or from its own disk. */
  private void open() {
    rows = TableRows.versioned(store(), Duration.ofMillis(HISTORY));
  }

  private KeyValueStore<Bytes, byte[]> store() {
    return driver.getKeyValueStore("rows");
  }

  private boolean put(String key, @Nullable String value, long timestamp) {
    return rows.put(key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), timestamp);
  }

  private String find(String key, long timestamp) {
    TableRows.Version version = rows.find(key.getBytes(UTF_8), timestamp);
    assertThat(timestamp).isGreaterThanOrEqualTo(version.from()).isLessThan(version.until());
    return version.forgotten() ? "forgotten" : version.value() == null ? "none" : new String(version.value(), UTF_8);
  }

  @Test
  void shouldSaySinceWhenAndUntilWhenAVersionHolds() {
    put("a", "1", 100);
    put("a", "3", 300);
    put("a", null, 400);

    byte[] key = "a".getBytes(UTF_8);
    assertThat(rows.find(key, 200)).extracting(TableRows.Version::from, TableRows.Version::until).containsExactly(100L, 300L);
    assertThat(rows.find(key, 300)).extracting(TableRows.Version::from, TableRows.Version::until).containsExactly(300L, 400L);
    assertThat(rows.find(key, 500)).extracting(TableRows.Version::value, TableRows.Version::from, TableRows.Version::until).containsExactly(null, 400L, Long.MAX_VALUE);
    assertThat(rows.find(key, 99)).extracting(TableRows.Version::value, TableRows.Version::until).containsExactly(null, 100L);
  }

  @Test
  void shouldNotMixUpKeysThatBeginAlike() {
    put("a", "a", 0);
    put("a\0\0\0\0\0\0\0\0", "longer", 0);
    put("", "empty", 0);

    assertThat(find("a", 5)).isEqualTo("a");
    assertThat(find("a\0", 5)).isEqualTo("none");
    assertThat(find("a\0\0\0\0\0\0\0\0", 5)).isEqualTo("longer");
    assertThat(find("", 5)).isEqualTo("empty");
  }

  @Test
  void shouldStillKnowHowFarBackItKnowsWhenItIsOpenedAgain() {
    put("a", "1", 100);
    put("b", "1", 100);
    put("a", "2", 10_000);
    open();

    assertThat(find("a", 5_000)).as("there may have been another row").isEqualTo("forgotten");
    assertThat(find("b", 5_000)).as("the newest row of a key is kept for ever").isEqualTo("1");
    assertThat(find("a", 10_000)).isEqualTo("2");
    assertThat(put("a", "late", 5_000)).isFalse();
  }

  /** Against a map of all rows that were ever put, with a store that is opened again and again. */
  @Test
  void shouldFindTheRowOfEachTimeAndForgetTheRestWhenRowsComeInAnyOrder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, TreeMap<Long, String>> all = new HashMap<>();
    long newest = 0;
    int forgotten = 0;
    for (int i = 0; i < 8_000; i++) {
      long now = i;
      String key = random.nextBoolean() ? "hot" : "k" + random.nextInt(200) + i / 2_000;
      long timestamp = Math.max(0, now - random.nextInt(HISTORY));
      String value = random.nextInt(5) == 0 ? null : "v" + i;
      newest = Math.max(newest, timestamp);
      assertThat(put(key, value, timestamp)).as("seed %d", seed).isTrue();
      all.computeIfAbsent(key, _ -> new TreeMap<>()).put(timestamp, value == null ? "none" : value);
      if (random.nextInt(500) == 0) {
        open();
      }
      String asked = random.nextBoolean() ? "hot" : "k" + random.nextInt(200) + i / 2_000;
      long asOf = Math.max(0, now + 50 - random.nextInt(2 * HISTORY));
      TreeMap<Long, String> versions = all.getOrDefault(asked, new TreeMap<>());
      var expected = versions.floorEntry(asOf);
      String found = find(asked, asOf);
      if (found.equals("forgotten")) {
        assertThat(asOf).as("seed %d", seed).isLessThan(newest - HISTORY);
        forgotten++;
      } else {
        assertThat(found).as("%s as of %d, seed %d", asked, asOf, seed).isEqualTo(expected == null ? "none" : expected.getValue());
      }
    }
    assertThat(forgotten).isPositive();

    long horizon = newest - HISTORY - HISTORY / 16;
    long needed = all.values().stream().mapToLong(versions -> versions.tailMap(horizon).size() + 1).sum();
    assertThat(entries()).as("seed %d", seed).isLessThan(needed * 3 / 2);
  }

  private long entries() {
    long count = 0;
    try (var entries = store().all()) {
      for (; entries.hasNext(); entries.next()) {
        count++;
      }
    }
    return count;
  }
}
