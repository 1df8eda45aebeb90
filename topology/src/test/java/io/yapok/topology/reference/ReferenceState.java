package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;

import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Feature.Window;
import io.yapok.topology.reference.Reference.Expected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What one key's records must show, from the definitions: keeps every record and computes all of it anew for each. */
final class ReferenceState {
  /** A record that counts: its place among its key's, its own time, and its key's clock with it. */
  private record Event(int number, long t, long now, List<Map<String, Object>> rows) {}

  /** What a record was answered, for its duplicates; nothing if it was rejected. */
  private record Place(Object of, long t, Optional<Expected> answer) {}

  /** A value of a feature's field, or a record where records are counted; fresh if it came with the present record. */
  private record Item(long t, long now, boolean fresh, Object value) {
    double number() {
      return ((Number) value).doubleValue();
    }

    /** As one would write it, a float as itself: no fraction where there is none. */
    String text() {
      boolean whole = (value instanceof Double || value instanceof Float) && number() == Math.rint(number());
      return whole ? Long.toString((long) number()) : value.toString();
    }
  }

  private final Definition definition;
  private final Map<Late, Long> late;
  private final List<Event> events = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();

  /**
   * A key without records.
   *
   * @param late counts what becomes of values that come after their window
   */
  ReferenceState(Definition definition, Map<Late, Long> late) {
    this.definition = definition;
    this.late = late;
  }

  /** What the newest record was answered that is known by this and at most so far from this time. */
  Optional<Expected> earlier(Object fingerprint, long t) {
    return places.reversed().stream().filter(each -> each.of.equals(fingerprint) && Math.abs(t - each.t) <= definition.dedupe().within()).flatMap(each -> each.answer.stream()).findFirst();
  }

  /** Gives a record a place among those that are known again, and lets go of the oldest if they are too many or too old. */
  void place(Object fingerprint, long t, Optional<Expected> answer) {
    places.add(new Place(fingerprint, t, answer));
    while (places.size() > definition.dedupe().keep() || t - places.getFirst().t > definition.dedupe().within()) {
      places.removeFirst();
    }
  }

  /** Adds a record, and answers what it is shown. */
  Map<String, Shown> next(long t, List<Map<String, Object>> rows) {
    if (!events.isEmpty() && definition.ttl() > 0 && t > events.getLast().now + definition.ttl()) {
      events.clear();
    }
    long now = events.isEmpty() ? t : Math.max(t, events.getLast().now);
    List<Event> before = List.copyOf(events);
    events.add(new Event(events.size(), t, now, rows));
    Map<String, Shown> shown = new LinkedHashMap<>();
    definition.features().forEach(each -> shown.put(each.name(), feature(each, each.after() ? events : before, now)));
    definition.sequences().forEach(each -> shown.put(each.name(), sequence(each, each.after() ? events : before)));
    definition.features().stream().filter(each -> each.window() != Window.NONE).forEach(each -> windows(each, items(each, events), now, outcome -> late.merge(outcome, 1L, Long::sum)));
    return shown;
  }

  private Shown feature(Feature f, List<Event> events, long now) {
    var buckets = windows(f, items(f, events), now, outcome -> {});
    var all = buckets.stream().flatMap(List::stream).toList();
    if (all.isEmpty() && f.aggregate().hasFallback()) {
      return new Shown.Doubles(nCopies(f.n(), f.fallback()));
    }
    return switch (f.aggregate()) {
      case COUNT -> Shown.number(all.size());
      case RATE -> Shown.number(all.size() / (f.over() / 1000.0));
      case SUM -> Shown.number(sum(buckets));
      case MEAN -> Shown.number(sum(buckets) / all.size());
      case VARIANCE -> Shown.number(variance(buckets));
      case MIN -> Shown.number(all.stream().mapToDouble(Item::number).min().orElseThrow());
      case MAX -> Shown.number(all.stream().mapToDouble(Item::number).max().orElseThrow());
      case LAST -> new Shown.Doubles(Stream.concat(nCopies(f.n(), f.fallback()).stream(), all.stream().map(Item::number)).skip(all.size()).toList());
      case SECONDS_SINCE_LAST -> Shown.number((now - all.getLast().now) / 1000.0);
      case EWMA -> Shown.number(ewma(f, all));
      case DISTINCT -> distinct(new HashSet<>(all.stream().map(Item::value).toList()).size());
      case QUANTILE -> quantile(all.stream().mapToDouble(Item::number).sorted().toArray(), f.q());
      case TOP -> top(f, all);
    };
  }

  private static List<Item> items(Feature f, List<Event> events) {
    return events.stream().flatMap(event -> values(f, event).map(value -> new Item(event.t, event.now, event.number == events.size() - 1, value))).toList();
  }

  private static Stream<Object> values(Feature f, Event event) {
    return f.of() == null ? Stream.of(event) : event.rows.stream().map(row -> row.get(f.of())).filter(ReferenceState::isAdded);
  }

  private static boolean isAdded(Object value) {
    return value instanceof Number number ? Double.isFinite(number.doubleValue()) : !value.equals("");
  }

  /** The values of each bucket that is shown, oldest first; all in one where there is no window. */
  private List<List<Item>> windows(Feature f, List<Item> items, long now, Consumer<Late> told) {
    return switch (f.window()) {
      case NONE -> List.of(items);
      case SLIDING, TUMBLING -> buckets(f, items, now, told);
      case SESSION -> session(f, items, now, told);
    };
  }

  private List<List<Item>> buckets(Feature f, List<Item> items, long now, Consumer<Late> told) {
    long width = f.bucketLength();
    var buckets = new TreeMap<Long, List<Item>>();
    for (Item item : items) {
      long own = Math.floorDiv(item.t, width);
      long newest = Math.floorDiv(item.now, width);
      Late rule = own <= newest - f.buckets() && definition.late() == Late.OWN_WINDOW ? Late.DROP : definition.late();
      if (own == newest || rule != Late.DROP) {
        buckets.computeIfAbsent(rule == Late.NEWEST_WINDOW ? newest : own, key -> new ArrayList<>()).add(item);
      }
      if (own < newest && item.fresh) {
        told.accept(rule);
      }
    }
    long newest = Math.floorDiv(now, width);
    return List.copyOf(buckets.subMap(newest - f.buckets(), false, newest, true).values());
  }

  private List<List<Item>> session(Feature f, List<Item> items, long now, Consumer<Late> told) {
    var session = new ArrayList<Item>();
    long start = 0;
    long end = Long.MIN_VALUE;
    for (Item item : items) {
      if (session.isEmpty() || item.t > end + f.gap()) {
        session.clear();
        start = end = item.t;
      }
      boolean isLate = item.t < start - f.gap();
      Late rule = definition.late() == Late.OWN_WINDOW ? Late.DROP : definition.late();
      if (!isLate || rule != Late.DROP) {
        session.add(item);
        start = isLate ? start : Math.min(start, item.t);
        end = Math.max(end, item.t);
      }
      if (isLate && item.fresh) {
        told.accept(rule);
      }
    }
    return session.isEmpty() || now > end + f.gap() ? List.of() : List.of(session);
  }

  private static double sum(List<List<Item>> buckets) {
    double sum = 0;
    for (var bucket : buckets) {
      double part = 0;
      for (Item item : bucket) {
        part += item.number();
      }
      sum += part;
    }
    return sum;
  }

  /** Welford's way within a bucket, Chan's to put buckets together. */
  private static double variance(List<List<Item>> buckets) {
    double count = 0;
    double mean = 0;
    double squares = 0;
    for (var bucket : buckets) {
      double n = 0;
      double m = 0;
      double s = 0;
      for (Item item : bucket) {
        n++;
        double delta = item.number() - m;
        m += delta / n;
        s += delta * (item.number() - m);
      }
      double delta = m - mean;
      double total = count + n;
      mean = count == 0 ? m : mean + delta * n / total;
      squares = count == 0 ? s : squares + s + delta * delta * count * n / total;
      count = total;
    }
    return squares / count;
  }

  private static double ewma(Feature f, List<Item> items) {
    double weight = 0;
    double sum = 0;
    long clock = items.getFirst().t;
    for (Item item : items) {
      double decay = StrictMath.pow(2, -(double) Math.abs(item.t - clock) / f.halfLife());
      boolean newer = item.t >= clock;
      sum = newer ? sum * decay + item.number() : sum + item.number() * decay;
      weight = newer ? weight * decay + 1 : weight + decay;
      clock = Math.max(clock, item.t);
    }
    return sum / weight;
  }

  /** HyperLogLog counts some hundred exactly, and more with a standard error of 2.3 %, of which four are not exceeded. */
  private static Shown distinct(int count) {
    return new Shown.Near(count, count <= 100 ? 0 : 4 * 0.023 * count);
  }

  /** DDSketch: the value of that rank, within 1 %. */
  private static Shown quantile(double[] sorted, double q) {
    double value = sorted[(int) (q * (sorted.length - 1))];
    return new Shown.Near(value, 0.0100001 * Math.abs(value));
  }

  /** Exact up to 192 values, then within 3.5 / 256 of all that came (the bound of DataSketches' frequent items for a table of 256). */
  private static Shown top(Feature f, List<Item> items) {
    var counts = new HashMap<String, Integer>();
    items.forEach(item -> counts.merge(item.text(), 1, Integer::sum));
    Comparator<String> most = Comparator.comparing(counts::get, Comparator.reverseOrder());
    var sorted = counts.keySet().stream().sorted(most.thenComparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned));
    var exact = new Shown.Texts(Stream.concat(sorted, nCopies(f.n(), "").stream()).limit(f.n()).toList());
    return counts.size() <= 192 ? exact : new Shown.Frequent(counts, f.n(), 3.5 / 256 * items.size());
  }

  /** The last rows without a value that is not finite, oldest first. */
  private static Shown sequence(Sequence s, List<Event> events) {
    var rows = events.stream().flatMap(event -> event.rows.stream()).filter(row -> s.of().stream().allMatch(field -> isAdded(row.get(field)))).toList();
    var values = rows.stream().flatMap(row -> s.of().stream().map(field -> ((Number) row.get(field)).floatValue()));
    var missing = nCopies(s.last() * s.of().size(), s.fallback());
    return new Shown.Floats(Stream.concat(missing.stream(), values).skip((long) rows.size() * s.of().size()).toList());
  }
}
