package io.yapok.topology.reference;

import static java.util.stream.Collectors.joining;

import io.yapok.topology.reference.Sent.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Records of a few keys, hot ones among them: in order and out of it, close together and with gaps, the same ones again, with values that are not finite, and such that are rejected before they are
 * remembered or after. For one thread.
 */
final class RandomStream {
  /** In a record with an array of them. */
  static final int MOST_ROWS = 4;

  /** Of these texts some come often. */
  private static final List<String> WORDS = List.of("a", "b", "c", "ab", "é", "z", "Z", "", "wörd", "数", "\uD83D\uDC26", "long-ish text with blanks");

  private final Random random;
  private final Definition definition;
  private final int keys;
  private final long unit;
  private final boolean anyTimestamp;
  private final List<Sent> sent = new ArrayList<>();
  private long time;

  /**
   * A stream that begins at this time.
   *
   * @param unit the milliseconds that records are apart, roughly
   * @param anyTimestamp whether there are negative ones, which no producer can send
   */
  RandomStream(Random random, Definition definition, int keys, long unit, long time, boolean anyTimestamp) {
    this.random = random;
    this.definition = definition;
    this.keys = keys;
    this.unit = unit;
    this.time = time;
    this.anyTimestamp = anyTimestamp;
  }

  List<Sent> take(int count) {
    return IntStream.range(0, count).mapToObj(i -> next()).toList();
  }

  Sent next() {
    boolean again = !sent.isEmpty() && oneIn(15);
    var record = again ? again(sent.get(sent.size() - 1 - random.nextInt(Math.min(sent.size(), 5)))) : fresh();
    sent.add(record);
    return record;
  }

  private Sent again(Sent before) {
    return new Sent(sent.size(), before.key(), before.timestamp(), before.value(), before.fate(), before.rows());
  }

  private Sent fresh() {
    var fate = fate();
    var rows = new ArrayList<Map<String, Object>>();
    for (int i = definition.rows() ? random.nextInt(MOST_ROWS + 1) : 1; i > 0; i--) {
      rows.add(row());
    }
    if (rows.isEmpty() && (fate == Fate.FAILS || fate == Fate.MISSING || fate == Fate.WRONG_TYPE)) {
      fate = Fate.ANSWERED; // nothing in it can be wrong
    }
    var key = fate == Fate.NULL_KEY ? null : "key" + (int) (keys * Math.pow(random.nextDouble(), 3));
    long timestamp = fate == Fate.NEGATIVE_TIMESTAMP ? -1 - random.nextInt(1000) : timestamp();
    return new Sent(sent.size(), key, timestamp, value(fate, rows), fate, List.copyOf(rows));
  }

  private Fate fate() {
    return switch (random.nextInt(60)) {
      case 0 -> Fate.TRUNCATED;
      case 1 -> Fate.MISSING;
      case 2 -> Fate.WRONG_TYPE;
      case 3 -> definition.tombstones() ? Fate.TOMBSTONE : Fate.NULL_VALUE;
      case 4 -> Fate.NULL_KEY;
      case 5, 6, 7 -> Fate.FAILS;
      case 8 -> anyTimestamp ? Fate.NEGATIVE_TIMESTAMP : Fate.ANSWERED;
      default -> Fate.ANSWERED;
    };
  }

  private long timestamp() {
    time += switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> 0;
      case 4, 5, 6 -> random.nextLong(20 * unit);
      case 7 -> oneIn(3) ? random.nextLong(300 * unit) : 1;
      default -> random.nextLong(3 * unit);
    };
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> Math.max(0, time - random.nextLong(40 * unit));
      case 4 -> Math.max(0, time - random.nextLong(400 * unit));
      case 5 -> time + (oneIn(4) ? random.nextLong(50 * unit) : 0);
      default -> time;
    };
  }

  private Map<String, Object> row() {
    var row = new HashMap<String, Object>();
    row.put("x", x());
    row.put("n", oneIn(4) ? random.nextLong(-1_000_000, 1_000_000) : random.nextLong(-3, 8));
    row.put("y", oneIn(4) ? 1.5f : random.nextInt(-1000, 1000) * 0.37f);
    row.put("w", WORDS.get((int) (WORDS.size() * Math.pow(random.nextDouble(), 2))));
    return row;
  }

  private double x() {
    return switch (random.nextInt(30)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> 0;
      case 4, 5, 6, 7 -> random.nextInt(10);
      case 8, 9 -> random.nextGaussian() * 1e6;
      default -> random.nextGaussian() + 3;
    };
  }

  private @Nullable String value(Fate fate, List<Map<String, Object>> rows) {
    if (fate == Fate.TOMBSTONE || fate == Fate.NULL_VALUE) {
      return null;
    }
    int spoilt = rows.isEmpty() ? -1 : random.nextInt(rows.size());
    var texts = IntStream.range(0, rows.size()).mapToObj(i -> fields(rows.get(i), i == spoilt ? fate : Fate.ANSWERED)).toList();
    var d = "\"d\":" + (fate == Fate.FAILS ? 0 : random.nextInt(1, 5));
    var value = definition.rows() ? "{" + d + ",\"items\":" + texts.stream().map(text -> "{" + text + "}").collect(joining(",", "[", "]")) + "}" : "{" + d + "," + texts.getFirst() + "}";
    return fate == Fate.TRUNCATED ? value.substring(0, value.length() - 1 - random.nextInt(5)) : value;
  }

  private String fields(Map<String, Object> row, Fate fate) {
    double x = (Double) row.get("x");
    var text = fate == Fate.WRONG_TYPE ? "\"three\"" : Double.isFinite(x) ? Double.toString(x) : "\"" + x + "\"";
    var y = (Float) row.get("y");
    return (fate == Fate.MISSING ? "" : "\"x\":" + text + ",") + "\"n\":" + row.get("n") + ",\"w\":\"" + row.get("w") + "\"" + (y == 1.5f ? "" : ",\"y\":" + y);
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }
}
