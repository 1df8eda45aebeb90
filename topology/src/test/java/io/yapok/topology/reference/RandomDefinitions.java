package io.yapok.topology.reference;

import io.yapok.topology.reference.Definition.Dedupe;
import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Feature.Aggregate;
import io.yapok.topology.reference.Feature.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pipelines that remember anything that a document can say. For one thread. */
final class RandomDefinitions {
  private static final int ROOM_FOR_ANSWERS = 512 << 10;
  private static final int BYTES_AROUND = 600;
  private static final int BYTES_A_VALUE = 30;

  private final Random random;
  private final long unit;

  /**
   * What follows from a seed.
   *
   * @param unit the milliseconds that records are apart, roughly; windows and the like are some of it
   */
  RandomDefinitions(Random random, long unit) {
    this.random = random;
    this.unit = unit;
  }

  Definition next(String name) {
    var features = new ArrayList<Feature>();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      features.add(feature("f" + i));
    }
    var sequences = new ArrayList<Sequence>();
    for (int i = random.nextInt(4) - 1; i > 0; i--) {
      sequences.add(sequence("s" + i));
    }
    long ttl = oneIn(3) ? unit * random.nextInt(5, 200) : 0;
    boolean rows = oneIn(5);
    return new Definition(name, List.copyOf(features), List.copyOf(sequences), pick(Late.values()), ttl, oneIn(4) ? dedupe(rows, mostBytes(rows, features, sequences)) : null, rows, oneIn(2));
  }

  /** No answer is longer. */
  private static int mostBytes(boolean rows, List<Feature> features, List<Sequence> sequences) {
    int values = features.stream().mapToInt(Feature::n).sum() + sequences.stream().mapToInt(each -> each.last() * each.of().size()).sum();
    return BYTES_AROUND + (rows ? RandomStream.MOST_ROWS : 1) * (BYTES_AROUND + BYTES_A_VALUE * values);
  }

  private Feature feature(String name) {
    var aggregate = pick(Aggregate.values());
    var window = !aggregate.hasWindows() ? Window.NONE : aggregate == Aggregate.RATE ? pick(Window.SLIDING, Window.TUMBLING) : pick(Window.values());
    int buckets = window != Window.SLIDING ? 1 : oneIn(2) ? Feature.DEFAULT_BUCKETS : oneIn(20) ? 1000 : random.nextInt(2, 40);
    long bucket = Math.max(1, unit * random.nextInt(1, 20) / random.nextInt(1, 10));
    return new Feature(
        name,
        aggregate,
        field(aggregate),
        window,
        window == Window.SLIDING || window == Window.TUMBLING ? bucket * buckets : 0,
        buckets,
        window == Window.SESSION ? unit * random.nextInt(1, 10) : 0,
        aggregate == Aggregate.LAST || aggregate == Aggregate.TOP ? pick(1, 1, 2, 3, 5, 20) : 1,
        pick(0.5, 0.0, 1.0, 0.9, 0.25, 0.99),
        aggregate == Aggregate.EWMA ? unit * random.nextInt(1, 50) : 0,
        random.nextBoolean(),
        aggregate.hasFallback() && oneIn(3) ? random.nextInt(-8, 8) / 2.0 : aggregate == Aggregate.SECONDS_SINCE_LAST ? -1 : 0);
  }

  private String field(Aggregate aggregate) {
    return aggregate.countsRecords() ? null : aggregate == Aggregate.TOP ? pick("w", "w", "n", "x", "y") : aggregate == Aggregate.DISTINCT ? pick("w", "n", "x", "y") : pick("x", "x", "n", "y");
  }

  private Sequence sequence(String name) {
    var of = pick(List.of("x"), List.of("x", "y"), List.of("y", "n", "x"));
    return new Sequence(name, of, pick(1, 2, 3, 8, 30), random.nextBoolean(), oneIn(3) ? random.nextInt(-8, 8) / 2f : 0);
  }

  /** With rows there is no one value of a field. So few are kept that each has room: a longer answer would run again, which {@code DedupeTest} shows. */
  private Dedupe dedupe(boolean rows, int mostBytes) {
    return new Dedupe(rows || random.nextBoolean() ? null : pick("w", "n"), unit * random.nextInt(1, 50), Math.min(pick(100, 100, 1, 3, 10), ROOM_FOR_ANSWERS / mostBytes));
  }

  private boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }
}
