package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
  /** Whatever is put, put over, removed and pushed out: what is found is what was put last, and what fits stays. */
  @Test
  void shouldFindTheLastValueOrNoneWhenEntriesComeAndGo() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RecentValues recent = new RecentValues(new Allowance(2 << 20));
    Map<Long, byte[]> last = new HashMap<>();
    int found = 0;
    int asked = 0;
    for (int i = 0; i < 400_000; i++) {
      long key = i < 200_000 ? random.nextLong(1_000) : random.nextLong(100_000);
      byte[] bytes = ByteBuffer.allocate(8 + (int) (key % 20)).putLong(key).array();
      byte[] value = recent.get(bytes);
      if (value != null) {
        assertThat(value).as("seed %d, step %d", seed, i).isEqualTo(last.get(key));
      }
      if (i > 100_000 && i < 200_000) {
        asked += last.containsKey(key) ? 1 : 0;
        found += value == null ? 0 : 1;
      }
      if (random.nextInt(50) == 0) {
        recent.remove(bytes);
        last.remove(key);
      } else {
        byte[] next = new byte[random.nextInt(5) == 0 ? random.nextInt(600) : 100 + random.nextInt(20)];
        random.nextBytes(next);
        recent.put(bytes, next);
        last.put(key, next);
      }
    }
    assertThat(found).as("seed %d: of %d that fit", seed, asked).isGreaterThan(asked * 9 / 10);
  }

  @Test
  void shouldStayWithinTheAllowanceAndGiveItBackWhenClosed() {
    Allowance allowance = new Allowance(1 << 20);
    RecentValues first = new RecentValues(allowance);
    RecentValues second = new RecentValues(allowance);
    for (int i = 0; i < 50_000; i++) {
      byte[] key = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
      first.put(key, new byte[100]);
      second.put(key, new byte[100]);
    }
    assertThat(allowance.taken()).isBetween(512L << 10, 1L << 20);
    assertThat(second.get(ByteBuffer.allocate(Integer.BYTES).putInt(49_999).array())).as("the second got something too").hasSize(100);

    first.close();
    second.close();

    assertThat(allowance.taken()).isZero();
    assertThat(first.get(new byte[4])).isNull();
  }

  @Test
  void shouldForgetAtOnceWhenNothingIsAllowed() {
    RecentValues recent = new RecentValues(Allowance.NONE);
    recent.put(new byte[] {1}, new byte[] {2});

    assertThat(recent.get(new byte[] {1})).isNull();
  }

  @Test
  void shouldNotKeepAValueThatWouldPushOutTheRest() {
    RecentValues recent = new RecentValues(new Allowance(300 << 10));
    recent.put(new byte[] {1}, new byte[] {2});
    recent.put(new byte[] {2}, new byte[200 << 10]);

    assertThat(recent.get(new byte[] {2})).isNull();
    assertThat(recent.get(new byte[] {1})).containsExactly(2);
  }
}
