package io.yapok.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;
  private static final Features HOURLY = Features.of("{features: {seen: count}, ttl: 1h}");

  private final StateTable table = StateTable.inMemory();
  private long now;

  @Test
  void shouldDeleteAKeyOnceStreamTimeIsBeyondItsClockByTtlAndADay() {
    remember(HOURLY, "a", 0);
    remember(HOURLY, "b", 1);

    assertThat(pass(HOURLY, HOUR + DAY)).isZero();
    assertThat(pass(HOURLY, HOUR + DAY + 1)).isOne();
    assertThat(keys()).containsExactly("b");
  }

  @Test
  void shouldTakeTheTtlForTheMarginWhereItIsLongerThanADay() {
    Features slow = Features.of("{features: {seen: count}, ttl: 3d}");
    remember(slow, "a", 0);

    assertThat(pass(slow, 6 * DAY)).isZero();
    assertThat(pass(slow, 6 * DAY + 1)).isOne();
  }

  @Test
  void shouldKeepAKeyForAsLongAsItsAnswersMayBeAskedFor() {
    Features deduping = Features.of("{features: {seen: count}, dedupe: {within: 5d}, ttl: 1h}");
    remember(deduping, "a", 0);

    assertThat(pass(deduping, 6 * DAY)).isZero();
    assertThat(pass(deduping, 6 * DAY + 1)).isOne();
  }

  @Test
  void shouldDeleteNothingWithoutTtl() {
    Features lasting = Features.of("{features: {seen: count}, dedupe: {within: 1h}}");
    remember(lasting, "a", 0);
    Expiry expiry = new Expiry(table, 1000, () -> 0);

    assertThat(expiry.isDue(lasting.spec(), 10_000 * DAY)).isFalse();
    assertThat(expiry.slice(lasting.spec(), 10_000 * DAY)).isZero();
    assertThat(keys()).containsExactly("a");
  }

  @Test
  void shouldGoOnWhereTheSliceBeforeStopped() {
    for (int i = 0; i < 10; i++) {
      remember(HOURLY, "k" + i, i % 2 * 3 * DAY);
    }
    Expiry expiry = new Expiry(table, 4, () -> 0);

    assertThat(slices(expiry, HOURLY, 3 * DAY)).as("of 4, 4, and the last 2 keys, the schema's is the first").containsExactly(2, 2, 1);
    assertThat(keys()).containsExactly("k1", "k3", "k5", "k7", "k9");
  }

  @Test
  void shouldStopASliceWhenItTakesLong() {
    for (int i = 0; i < 10; i++) {
      remember(HOURLY, "k" + i, 0);
    }
    Expiry expiry = new Expiry(table, 1000, () -> now += 700_000);

    assertThat(slices(expiry, HOURLY, 3 * DAY)).as("of three keys, for 2 ms are over then").containsExactly(2, 3, 3, 2);
    assertThat(keys()).isEmpty();
  }

  @Test
  void shouldPassAgainOnlyWhenTheOldestKeyMayBeIdleAndSomeTimeHasGone() {
    remember(HOURLY, "a", 0);
    remember(HOURLY, "b", HOUR);
    Expiry expiry = new Expiry(table, 1000, () -> 0);
    assertThat(slices(expiry, HOURLY, 2 * HOUR)).containsExactly(0);

    assertThat(expiry.isDue(HOURLY.spec(), HOUR + DAY)).as("none can be idle").isFalse();
    assertThat(slices(expiry, HOURLY, HOUR + DAY + 1)).containsExactly(1);
    assertThat(expiry.isDue(HOURLY.spec(), 2 * HOUR + DAY + 1)).as("too soon").isFalse();
    assertThat(slices(expiry, HOURLY, HOUR + DAY + 2 + DAY / 4)).containsExactly(1);
    assertThat(expiry.isDue(HOURLY.spec(), 2 * DAY)).as("nothing is left").isFalse();
  }

  @Test
  void shouldLookAgainWhenTheTtlBecomesShorter() {
    Features slow = Features.of("{features: {seen: count}, ttl: 30d}");
    remember(slow, "a", 0);
    Expiry expiry = new Expiry(table, 1000, () -> 0);
    assertThat(slices(expiry, slow, 10 * DAY)).containsExactly(0);

    assertThat(slices(expiry, HOURLY, 11 * DAY)).containsExactly(1);
  }

  @Test
  void shouldReadTheClocksOfOtherVersions() {
    remember(Features.of("{features: {spent: {aggregate: sum, of: x}, seen: count}}"), "a", 0);
    remember(HOURLY, "b", 0);

    assertThat(pass(HOURLY, 3 * DAY)).isEqualTo(2);
    assertThat(keys()).isEmpty();
  }

  @Test
  void shouldLeaveSchemasAndWhatItCannotRead() {
    remember(HOURLY, "a", 0);
    byte[] value = Objects.requireNonNull(table.get("a".getBytes(UTF_8)));
    byte[] unknownSchema = value.clone();
    unknownSchema[5]++;
    table.put("another format".getBytes(UTF_8), new byte[] {9, 1, 2});
    table.put("cut off".getBytes(UTF_8), Arrays.copyOf(value, 10));
    table.put("unknown schema".getBytes(UTF_8), unknownSchema);
    table.put("\0yapok\0".getBytes(UTF_8), value);
    table.put("\0yapok\0something".getBytes(UTF_8), value);

    assertThat(pass(HOURLY, 3 * DAY)).isOne();
    assertThat(keys()).containsExactly("another format", "cut off", "unknown schema");
    assertThat(reserved()).isEqualTo(3);
  }

  /** What a pass that begins now deletes. */
  private int pass(Features features, long streamTime) {
    return slices(new Expiry(table, 1000, () -> 0), features, streamTime).stream().mapToInt(Integer::intValue).sum();
  }

  /** What each slice deletes, until no more is due. */
  private static List<Integer> slices(Expiry expiry, Features features, long streamTime) {
    List<Integer> deleted = new ArrayList<>();
    while (expiry.isDue(features.spec(), streamTime)) {
      deleted.add(expiry.slice(features.spec(), streamTime));
    }
    return deleted;
  }

  private void remember(Features features, String key, long timestamp) {
    KeyState state = new KeyState(table);
    Batch batch = new Batch(features.layout(), 1 << 20);
    batch.addRecord(key.getBytes(UTF_8), new byte[0], timestamp, 0, 0, null);
    batch.endRecord(1);
    state.recall(batch, features.spec());
    state.write();
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    table.scan(null, (key, value) -> StateCodec.isReserved(key) || keys.add(new String(key, UTF_8)));
    return keys;
  }

  private int reserved() {
    List<byte[]> found = new ArrayList<>();
    table.scan(null, (key, value) -> !StateCodec.isReserved(key) || found.add(key));
    return found.size();
  }
}
