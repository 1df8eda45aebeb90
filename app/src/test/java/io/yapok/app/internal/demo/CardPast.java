package io.yapok.app.internal.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A card's payments so far, from which training computes what the pipeline's features say. For payments in the order of their times, as the stream has them. */
final class CardPast {
  private static final long HOUR_BUCKET = 300_000;
  private static final long TEN_MINUTES_BUCKET = 50_000;
  private static final int BUCKETS = 12;

  private final List<Paid> lastHour = new ArrayList<>();
  private int seen;
  private long last = -1;
  private double sum;

  private record Paid(long time, double amount) {}

  void add(Purchase purchase) {
    double amount = purchase.cents() / 100.0;
    lastHour.removeIf(paid -> !isShown(paid.time(), purchase.time(), HOUR_BUCKET));
    lastHour.add(new Paid(purchase.time(), amount));
    seen++;
    sum += amount;
    last = purchase.time();
  }

  float seen() {
    return seen;
  }

  /** Seconds since the last one; -1 before the first. */
  float gap(long time) {
    return last < 0 ? -1 : (float) ((time - last) / 1000.0);
  }

  /** How many in ten minutes. */
  float recent(long time) {
    return (float) within(time, TEN_MINUTES_BUCKET).count();
  }

  /** How much in an hour: sums of buckets, added. */
  float spent(long time) {
    double total = 0;
    double ofBucket = 0;
    long bucket = -1;
    for (Paid paid : within(time, HOUR_BUCKET).toList()) {
      if (paid.time() / HOUR_BUCKET != bucket) {
        total += ofBucket;
        ofBucket = 0;
        bucket = paid.time() / HOUR_BUCKET;
      }
      ofBucket += paid.amount();
    }
    return (float) (total + ofBucket);
  }

  /** The smallest amount in ten minutes; 0 if there was none. */
  float least(long time) {
    return (float) within(time, TEN_MINUTES_BUCKET).mapToDouble(Paid::amount).min().orElse(0);
  }

  /** The mean of all amounts; 0 before the first. */
  float usual() {
    return seen == 0 ? 0 : (float) (sum / seen);
  }

  private Stream<Paid> within(long time, long bucket) {
    return lastHour.stream().filter(paid -> isShown(paid.time(), time, bucket));
  }

  private static boolean isShown(long paid, long now, long bucket) {
    return paid / bucket > now / bucket - BUCKETS;
  }
}
