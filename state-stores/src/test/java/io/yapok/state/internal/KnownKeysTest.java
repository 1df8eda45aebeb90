package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeysTest {
  private static final int QUESTIONS = 5000;

  @TempDir private Path directory;
  private final Allowance allowance = new Allowance(1 << 20);
  private final KnownKeys known = new KnownKeys(allowance);
  private final Partly store = new Partly();

  /** A store of which no iterator reads the keys in the middle, as Kafka Streams' iterators end where a block cannot be read. */
  private static final class Partly extends InMemoryKeyValueStore {
    private @Nullable Bytes readable;

    Partly() {
      super("store");
    }

    @Override
    public synchronized KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
      return super.range(from, readable == null ? to : readable);
    }
  }

  @BeforeEach
  void open() {
    store.init(StoreContexts.in(directory, Map.of()), store);
  }

  @AfterEach
  void close() {
    known.close();
    assertThat(allowance.taken()).as("memory that was not given back").isZero();
    store.close();
  }

  @Test
  void shouldKnowWhatWasThereAndWhatWasNotedMeanwhileWhenAllIsRead() {
    fill(10_000);
    missMuch();
    for (int i = 0; i < 5; i++) {
      known.learn(store);
    }
    write(key("early", 3)); // before what is read already
    write(key("z", 3));
    assertThat(known.mayHave(key("never", 1))).as("not all is read").isTrue();
    learnAll();

    for (int i = 0; i < 10_000; i++) {
      assertThat(known.mayHave(key("k", i))).isTrue();
    }
    assertThat(known.mayHave(key("early", 3))).isTrue();
    assertThat(known.mayHave(key("z", 3))).isTrue();
    assertThat(surplus()).as("asked for in vain, of 10,000").isLessThan(300);
  }

  @Test
  void shouldKnowAnEmptyStore() {
    missMuch();
    known.learn(store);

    assertThat(known.mayHave(key("k", 1))).isFalse();
  }

  @Test
  void shouldTakeMoreMemoryAsKeysCome() {
    missMuch();
    known.learn(store);
    long before = allowance.taken();
    for (int i = 0; i < 300_000; i++) {
      write(key("k", i));
    }

    assertThat(allowance.taken()).isGreaterThan(before + 300_000);
    assertThat(surplus()).as("asked for in vain, of 10,000").isLessThan(500);
    for (int i = 0; i < 300_000; i++) {
      assertThat(known.mayHave(key("k", i))).isTrue();
    }
  }

  @Test
  void shouldLearnNothingWhereMostIsFound() {
    for (int i = 0; i < 10 * QUESTIONS; i++) {
      known.asked(i % 5 != 0);
    }
    learnAll();

    assertThat(known.mayHave(key("never", 1))).isTrue();
    assertThat(allowance.taken()).isZero();
  }

  @Test
  void shouldKnowNothingWhenThereIsNoMemory() {
    missMuch();
    known.learn(store);
    assertThat(known.mayHave(key("never", 1))).isFalse();
    for (int i = 0; i < 2_000_000; i++) {
      write(key("k", i));
    }

    assertThat(known.mayHave(key("never", 1))).isTrue();
    assertThat(allowance.taken()).isZero();
    missMuch();
    learnAll();
    assertThat(known.mayHave(key("never", 1))).as("it is not tried again").isTrue();
  }

  @Test
  void shouldLearnAnewWhenThereIsNoMemoryAndMostKeysWereDeleted() {
    missMuch();
    known.learn(store);
    int written = 0;
    do {
      write(key("k", written++));
      if (written > 100) {
        known.written(KeyValue.pair(Bytes.wrap(key("k", written - 100)), null));
      }
    } while (allowance.taken() > 0);
    assertThat(written).as("until there was no more room").isGreaterThan(100_000);
    assertThat(known.mayHave(key("never", 1))).isTrue();

    missMuch();
    learnAll();

    assertThat(known.mayHave(key("never", 1))).as("the store is empty").isFalse();
  }

  @Test
  void shouldKnowNothingWhenNotAllCanBeRead() {
    fill(10_000);
    store.readable = Bytes.wrap(key("k", 7000));
    missMuch();
    learnAll();

    assertThat(known.mayHave(key("k", 9000))).isTrue();
    assertThat(known.mayHave(key("never", 1))).isTrue();
  }

  @Test
  void shouldKnowNothingMoreWhenClosed() {
    missMuch();
    known.learn(store);
    known.close();

    assertThat(known.mayHave(key("never", 1))).isTrue();
  }

  private void fill(int keys) {
    for (int i = 0; i < keys; i++) {
      store.put(Bytes.wrap(key("k", i)), new byte[] {1});
    }
  }

  private void write(byte[] key) {
    known.written(KeyValue.pair(Bytes.wrap(key), key));
  }

  private void missMuch() {
    for (int i = 0; i < QUESTIONS; i++) {
      known.asked(false);
    }
  }

  private void learnAll() {
    for (int i = 0; i < 100; i++) {
      known.learn(store);
    }
  }

  private int surplus() {
    int surplus = 0;
    for (int i = 0; i < 10_000; i++) {
      surplus += known.mayHave(key("other", i)) ? 1 : 0;
    }
    return surplus;
  }

  private static byte[] key(String kind, int i) {
    return "%s-%08d".formatted(kind, i).getBytes(StandardCharsets.US_ASCII);
  }
}
