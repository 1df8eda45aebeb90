package io.yapok.state.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
  /** What was handed on, by the key's text. */
  private final Map<ByteBuffer, byte[]> written = new HashMap<>();

  private final RecentValues.Leaving writing = (key, value) -> written.put(ByteBuffer.wrap(key), value);

  /** Whatever is put, put over, removed, asked for and pushed out: what is there or was handed on last is what was put last. */
  @Test
  void shouldHaveOrHandOnEachLastValueWhenEntriesComeAndGo() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RecentValues recent = new RecentValues(new Allowance(2 << 20), writing);
    Map<ByteBuffer, byte[]> last = new HashMap<>();
    for (int i = 0; i < 400_000; i++) {
      byte[] key = key(random.nextInt(3) == 0 ? random.nextLong(1_000) : random.nextLong(20_000));
      ByteBuffer id = ByteBuffer.wrap(key);
      byte[] there = recent.get(key);
      assertThat(there == null ? written.get(id) : there).as("seed %d, step %d", seed, i).isEqualTo(last.get(id));
      switch (random.nextInt(100)) {
        case 0, 1 -> {
          recent.remove(key);
          written.remove(id);
          last.remove(id);
        }
        case 2 -> {
          recent.handOn(key);
          assertThat(written.get(id)).as("seed %d, step %d", seed, i).isEqualTo(last.get(id));
        }
        default -> {
          byte[] value = new byte[random.nextInt(5) == 0 ? random.nextInt(600) : 100 + random.nextInt(20)];
          random.nextBytes(value);
          recent.put(key, value);
          last.put(id, value);
        }
      }
      if (i % 100_000 == 77_777) {
        recent.handOn();
        assertAll(seed, last);
      }
    }
    recent.handOn();
    assertAll(seed, last);
  }

  private void assertAll(long seed, Map<ByteBuffer, byte[]> last) {
    assertThat(written.keySet()).as("seed %d", seed).isEqualTo(last.keySet());
    last.forEach((key, value) -> assertThat(written.get(key)).as("seed %d, key %s", seed, key).isEqualTo(value));
  }

  @Test
  void shouldHaveNearlyAllThatFits() {
    RecentValues recent = new RecentValues(new Allowance(4 << 20), writing);
    for (long i = 0; i < 200_000; i++) {
      recent.put(key(i % 10_000), new byte[100 + (int) (i % 20)]);
    }
    int found = 0;
    for (long i = 0; i < 10_000; i++) {
      found += recent.get(key(i)) == null ? 0 : 1;
    }
    assertThat(found).isGreaterThan(9_900);
    assertThat(written).as("written for want of a place in the index").hasSizeLessThan(100);
  }

  @Test
  void shouldHandAValueOnOnceUnlessItChanges() {
    RecentValues recent = new RecentValues(new Allowance(2 << 20), writing);
    recent.put(key(1), new byte[] {1});
    recent.handOn();
    written.clear();

    recent.handOn();
    assertThat(written).isEmpty();

    recent.put(key(1), new byte[] {2});
    recent.handOn();
    assertThat(written.get(ByteBuffer.wrap(key(1)))).containsExactly(2);
  }

  @Test
  void shouldStayWithinTheAllowanceAndGiveItBackWhenClosed() {
    Allowance allowance = new Allowance(2 << 20);
    RecentValues first = new RecentValues(allowance, writing);
    RecentValues second = new RecentValues(allowance, writing);
    for (long i = 0; i < 50_000; i++) {
      first.put(key(i), new byte[100]);
      second.put(key(i), new byte[100]);
    }
    assertThat(allowance.taken()).isBetween(1L << 20, 2L << 20);
    assertThat(second.get(key(49_999))).as("the second got something too").hasSize(100);

    first.close();
    second.close();

    assertThat(allowance.taken()).isZero();
    assertThat(first.get(key(49_999))).isNull();
    first.put(key(1), new byte[] {1});
    assertThat(first.get(key(1))).as("used again").containsExactly(1);
  }

  @Test
  void shouldHaveAsManyAsAnotherWhenBothFillTheAllowance() {
    Allowance allowance = new Allowance(10 << 20);
    RecentValues first = new RecentValues(allowance, writing);
    RecentValues second = new RecentValues(allowance, writing);
    int keys = 100_000;
    for (long i = 0; i < keys; i++) {
      first.put(key(i), new byte[100]);
      second.put(key(i), new byte[100]);
    }
    assertThat(allowance.taken()).isGreaterThan(9L << 20);
    int inFirst = 0;
    int inSecond = 0;
    for (long i = 0; i < keys; i++) {
      inFirst += first.get(key(i)) == null ? 0 : 1;
      inSecond += second.get(key(i)) == null ? 0 : 1;
    }
    assertThat(inFirst + inSecond).isGreaterThan(54_000); // of 144 or 160 bytes, and a place in the index
    assertThat((double) inFirst / inSecond).isBetween(0.9, 1.1);
  }

  @Test
  void shouldHandOnAtOnceWhenNothingIsAllowed() {
    RecentValues recent = new RecentValues(Allowance.NONE, writing);
    recent.put(key(1), new byte[] {2});

    assertThat(recent.get(key(1))).isNull();
    assertThat(written.get(ByteBuffer.wrap(key(1)))).containsExactly(2);
  }

  @Test
  void shouldHandOnAtOnceAValueThatWouldPushOutTheRest() {
    RecentValues recent = new RecentValues(new Allowance(600 << 10), writing);
    recent.put(key(1), new byte[] {2});
    recent.put(key(2), new byte[] {3});
    recent.put(key(2), new byte[200 << 10]);

    assertThat(recent.get(key(2))).isNull();
    assertThat(written.get(ByteBuffer.wrap(key(2)))).hasSize(200 << 10);
    assertThat(recent.get(key(1))).containsExactly(2);
    recent.handOn();
    assertThat(written.get(ByteBuffer.wrap(key(2)))).as("not the value before it").hasSize(200 << 10);
  }

  /** Of 8 to 27 bytes. */
  private static byte[] key(long number) {
    return ByteBuffer.allocate(8 + (int) (number % 20)).putLong(number).array();
  }
}
