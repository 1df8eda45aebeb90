package io.yapok.perf.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"0-1k-hit", "5-100k-hit", "20-10m-miss", "1-1234-hit"})
  void shouldSayWhatItReadWhenTheTextIsACase(String text) {
    assertThat(StateCase.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2-1k-hit", "5-0-hit", "5-11m-hit", "5-1k", "5-1k-maybe", "5-99999999m-hit"})
  void shouldFindNoneWhenTheTextIsAnythingElse(String text) {
    assertThat(StateCase.parse(text)).isEmpty();
  }

  /** Every result is told from its key and its place among those of the key: in the records' order each id comes once, whatever other keys do in between. */
  @ParameterizedTest
  @ValueSource(strings = {"5-100-hit", "5-100-miss"})
  void shouldTellEachRecordFromItsKeyWhenResultsOfAKeyAreInOrder(String text) {
    int records = 1_000;
    StateCase place = StateCase.parse(text).orElseThrow();
    StatePool pool = new StatePool(place);
    KeyedAnswers answers = new KeyedAnswers(place, records);
    BitSet seen = new BitSet();

    for (int parity = 0; parity < 2; parity++) { // all records of some keys, then those of the others, as two partitions
      for (int id = 0; id < records; id++) {
        if ((StatePool.keyOf(place, id) & 1) == parity) {
          assertThat(answers.id(pool.key(id), new byte[0])).isEqualTo(id);
          seen.set(id);
        }
      }
    }

    assertThat(seen.cardinality()).isEqualTo(records);
    assertThat(answers.id(pool.key(0), new byte[0])).as("one result too many").isEqualTo(-1);
    assertThat(answers.id(new byte[] {1}, new byte[0])).as("no key of ours").isEqualTo(-1);
  }

  @Test
  void shouldKnowItsKeysBeforeTheClockStartsWhenRecordsHitThem() {
    StateCase hit = new StateCase(5, 100, true);
    BitSet known = new BitSet();
    for (int id = 0; id < 100; id++) {
      known.set((int) StatePool.keyOf(hit, id));
    }
    assertThat(known.cardinality()).isEqualTo(100);
    for (int id = 100; id < 10_000; id++) {
      assertThat(StatePool.keyOf(hit, id)).isBetween(0L, 99L);
    }
    assertThat(StatePool.keyOf(new StateCase(5, 100, false), 5_000)).isEqualTo(5_000);
  }
}
