package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each feature shows, a record at a time; each record is a run of its own, so that everything goes through its stored form. */
class FeaturesTest {
  private static final long HOUR = 3_600_000;

  private final StateTable table = StateTable.inMemory();
  private final LateCounts late = new LateCounts();
  private Features features = Features.of("{features: {seen: count}}");
  private KeyState state = new KeyState(table, late);

  @Test
  void shouldAggregateTheWholePastBeforeTheRecord() {
    use("{features: {n: count, sum: {aggregate: sum, of: x}, mean: {aggregate: mean, of: x, default: -5}, variance: {aggregate: variance, of: x}, low: {aggregate: min, of: x}, high: {aggregate: max, of: x}}}");

    assertThat(see("a", 0, 2)).containsExactly("0", "0.0", "-5.0", "0.0", "0.0", "0.0");
    assertThat(see("a", 1, 4)).containsExactly("1", "2.0", "2.0", "0.0", "2.0", "2.0");
    assertThat(see("b", 2, 9)).containsExactly("0", "0.0", "-5.0", "0.0", "0.0", "0.0");
    assertThat(see("a", 3, 0)).containsExactly("2", "6.0", "3.0", "1.0", "2.0", "4.0");
  }

  @Test
  void shouldShowThePresentRecordWhenItIsAskedForAfter() {
    use("{features: {n: {aggregate: count, at: after}, gap: {aggregate: seconds_since_last, at: after}, high: {aggregate: max, of: x, at: after}}}");

    assertThat(see("a", 0, 2)).containsExactly("1", "0.0", "2.0");
    assertThat(see("a", 1000, 1)).containsExactly("2", "0.0", "2.0");
  }

  @Test
  void shouldForgetWhatASlidingWindowLeavesBehind() {
    use("{features: {n: {aggregate: count, over: 2h, buckets: 2}, rate: {aggregate: rate, over: 2h, buckets: 2}, sum: {aggregate: sum, of: x, over: 2h, buckets: 2, at: after}}}");

    assertThat(see("a", 0, 1)).containsExactly("0", "0.0", "1.0");
    assertThat(see("a", HOUR, 2)).containsExactly("1", String.valueOf(1 / 7200.0), "3.0");
    assertThat(see("a", 2 * HOUR - 1, 4)).containsExactly("2", String.valueOf(2 / 7200.0), "7.0");
    assertThat(see("a", 2 * HOUR, 8)).containsExactly("2", String.valueOf(2 / 7200.0), "14.0");
    assertThat(see("a", 100 * HOUR, 16)).containsExactly("0", "0.0", "16.0");
  }

  @Test
  void shouldBeginAnewWithEachTumblingWindow() {
    use("{features: {high: {aggregate: max, of: x, over: 1h, window: tumbling}}}");

    assertThat(see("a", 10, 3)).containsExactly("0.0");
    assertThat(see("a", HOUR - 1, 2)).containsExactly("3.0");
    assertThat(see("a", HOUR, 1)).containsExactly("0.0");
    assertThat(see("a", HOUR + 1, 0)).containsExactly("1.0");
  }

  @Test
  void shouldEndASessionAtAPause() {
    use("{features: {sum: {aggregate: sum, of: x, window: session, gap: 10s}}}");

    assertThat(see("a", 100_000, 1)).containsExactly("0.0");
    assertThat(see("a", 110_000, 2)).containsExactly("1.0");
    assertThat(see("a", 95_000, 4)).containsExactly("3.0"); // joins, and makes it begin earlier
    assertThat(see("a", 85_000, 8)).containsExactly("7.0");
    assertThat(see("a", 120_001, 16)).containsExactly("0.0");
    assertThat(see("a", 120_002, 0)).containsExactly("16.0");
    assertThat(late.dropped()).isZero();
  }

  @Test
  void shouldTreatLateValuesByRule() {
    String window = "n: {aggregate: count, over: 4s, buckets: 4, at: after}";
    use("{features: {" + window + "}, late: drop}");
    see("a", 10_000, 0);
    assertThat(see("a", 8_000, 0)).containsExactly("1");
    assertThat(late.dropped()).isEqualTo(1);

    use("{features: {" + window + "}, late: own_window}");
    see("b", 10_000, 0);
    assertThat(see("b", 7_000, 0)).containsExactly("2");
    assertThat(see("b", 6_000, 0)).containsExactly("2"); // its bucket is no longer shown
    assertThat(see("b", 11_000, 0)).containsExactly("2"); // nor is that of 7,000 now
    assertThat(late.dropped()).isEqualTo(2);
    assertThat(late.intoOwnWindow()).isEqualTo(1);

    use("{features: {" + window + "}, late: newest_window}");
    see("c", 10_000, 0);
    assertThat(see("c", 1_000, 0)).containsExactly("2");
    assertThat(see("c", 13_000, 0)).containsExactly("3");
    assertThat(late.intoNewestWindow()).isEqualTo(1);
  }

  @Test
  void shouldShowTheLastValuesOldestFirst() {
    use("{features: {last: {aggregate: last, of: x, n: 3, default: -1}}, sequence: {rows: {of: [x, y], last: 2}}}");

    assertThat(see("a", 0, 1)).containsExactly("-1.0 -1.0 -1.0", "0.0 0.0 1.0 -1.0");
    assertThat(see("a", 0, 2)).containsExactly("-1.0 -1.0 1.0", "1.0 -1.0 2.0 -2.0");
    assertThat(see("a", 0, 3)).containsExactly("-1.0 1.0 2.0", "2.0 -2.0 3.0 -3.0");
    assertThat(see("a", 0, 4)).containsExactly("1.0 2.0 3.0", "3.0 -3.0 4.0 -4.0");
    assertThat(see("a", 0, 5)).containsExactly("2.0 3.0 4.0", "4.0 -4.0 5.0 -5.0");
  }

  @Test
  void shouldWeighValuesByTheirAge() {
    use("{features: {smooth: {aggregate: ewma, of: x, half_life: 10s, at: after}}}");

    assertThat(see("a", 0, 4)).containsExactly("4.0");
    assertThat(see("a", 10_000, 1)).containsExactly("2.0"); // (4 / 2 + 1) / (1 / 2 + 1)
    assertThat(see("a", 0, 7)).containsExactly(String.valueOf((3 + 3.5) / (1.5 + 0.5)));
  }

  @Test
  void shouldEstimateWithinTheirErrorWhenFeaturesAreSketches() {
    use("{features: {shops: {aggregate: distinct, of: shop, over: 12h}, usual: {aggregate: quantile, of: x, q: 0.9}, most: {aggregate: top, of: shop, n: 2}}}");
    for (int i = 0; i < 2_000; i++) {
      see("a", i * 1000L, 1 + i % 100, i % 4 == 0 ? "kiosk" : i % 5 == 0 ? "cinema" : "s" + i % 150);
    }
    List<String> seen = see("a", 2_000_000, 0, "");

    assertThat(Double.parseDouble(seen.get(0))).isCloseTo(152 - 30 - 23, within(30.0));
    assertThat(Double.parseDouble(seen.get(1))).isCloseTo(90, within(1.0));
    assertThat(seen.get(2)).isEqualTo("kiosk cinema");
  }

  @Test
  void shouldIgnoreNumbersThatAreNotFinite() {
    use("{features: {n: count, sum: {aggregate: sum, of: x}, high: {aggregate: max, of: x}, last: {aggregate: last, of: x}, smooth: {aggregate: ewma, of: x, half_life: 1s}, q: {aggregate: quantile, of: x}}}");
    see("a", 0, 5);
    see("a", 0, Double.NaN);
    see("a", 0, Double.POSITIVE_INFINITY);

    assertThat(see("a", 0, 1).subList(0, 5)).containsExactly("3", "5.0", "5.0", "5.0", "5.0");
  }

  @Test
  void shouldStartAnewWhenAKeyWasSilentForLongerThanItsTtl() {
    use("{features: {n: count, gap: seconds_since_last}, ttl: 1h}");
    see("a", 0, 0);
    assertThat(see("a", HOUR, 0)).containsExactly("1", "3600.0");
    assertThat(see("a", 2 * HOUR + 1, 0)).containsExactly("0", "-1.0");
    assertThat(see("a", 2 * HOUR + 1, 0)).containsExactly("1", "0.0");
  }

  @Test
  void shouldForgetAKeyWhenATombstoneIsPassedOn() {
    use("{features: {n: count}}");
    see("a", 0, 0);
    Batch batch = new Batch(features.layout(), 1 << 20);
    batch.addRecord(key("a"), null, 1, 0, 0, null);
    batch.endRecord(0);
    state.begin();
    state.recall(batch, features.spec());
    state.write();

    assertThat(table.get(key("a"))).isNull();
    assertThat(see("a", 2, 0)).containsExactly("0");
  }

  @Test
  void shouldKeepWhatStandsWhenFeaturesAreAddedChangedAndRemoved() {
    use("{features: {n: count, sum: {aggregate: sum, of: x, over: 2h}, gone: {aggregate: mean, of: x}}}");
    see("a", 0, 5);
    see("a", 0, 6);
    use("{features: {high: {aggregate: max, of: x}, n: count, sum: {aggregate: sum, of: x, over: 3h}}, sequence: {rows: {of: [x], last: 1, at: before}}}");

    assertThat(see("a", 1000, 9)).containsExactly("0.0", "2", "0.0", "0.0");
    assertThat(see("a", 1000, 1)).containsExactly("9.0", "3", "9.0", "9.0");

    use("{features: {n: count, sum: {aggregate: sum, of: x, over: 2h}, gone: {aggregate: mean, of: x}}}");
    assertThat(see("a", 1000, 1)).containsExactly("4", "0.0", "0.0"); // what a version did not know was not kept
  }

  @Test
  void shouldRejectARecordWhoseKeyIsTheStoresOwn() {
    Batch batch = new Batch(features.layout(), 1 << 20);
    batch.addRecord(key("\0yapok\0 and more"), new byte[0], 0, 0, 0, null);
    batch.endRecord(0);
    state.recall(batch, features.spec());

    assertThat(batch.rejection(0)).isNotNull().extracting(reject -> reject.reason()).isEqualTo(RejectReason.RESERVED_KEY);
  }

  private void use(String yaml) {
    features = Features.of(yaml);
    state = new KeyState(table, late);
  }

  private List<String> see(String key, long timestamp, double x) {
    return see(key, timestamp, x, "shop");
  }

  private List<String> see(String key, long timestamp, double x, String shop) {
    Batch batch = new Batch(features.layout(), 1 << 20);
    batch.addRecord(key(key), new byte[0], timestamp, 0, 0, null);
    batch.reserveRows(1);
    batch.column(Features.X).doubles().put(0, x);
    batch.column(Features.Y).doubles().put(0, -x);
    batch.column(Features.SHOP).appendText(shop);
    batch.endRecord(1);
    state.begin();
    state.recall(batch, features.spec());
    state.write();
    List<String> seen = new ArrayList<>();
    for (int slot = Features.SHOP + 1; slot < features.layout().columns().size(); slot++) {
      seen.add(text(batch.column(slot)));
    }
    return seen;
  }

  private static String text(Column column) {
    List<String> elements = new ArrayList<>();
    for (int element = 0; element < column.spec().shape().elements(); element++) {
      elements.add(element(column, element));
    }
    return String.join(" ", elements);
  }

  private static @Nullable String element(Column column, int element) {
    ElementType type = column.spec().type();
    return switch (type) {
      case INT64 -> String.valueOf(column.longs().get(element));
      case FLOAT64 -> String.valueOf(column.doubles().get(element));
      case FLOAT32 -> String.valueOf(column.floats().get(element));
      case TEXT -> column.text(element);
      default -> throw new IllegalArgumentException(type.label());
    };
  }

  private static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
