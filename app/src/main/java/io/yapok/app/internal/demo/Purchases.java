package io.yapok.app.internal.demo;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Everybody's payments in the order of their times: ordinary ones come at random, more by day than by
 * night; some are followed by another of the same card within minutes; now and then an attack begins.
 * For one thread.
 */
final class Purchases {
  /** On average: 100,000 cards with five payments a day. */
  private static final double MEAN_GAP_MILLIS = 172.8;

  private static final double FOLLOWED = 0.03;
  private static final double ATTACKED = 0.0011;
  private static final double MALFORMED = 0.002;

  /** How busy each hour of the day is; 1 on average. */
  private static final double[] BUSY = {
    0.15, 0.10, 0.08, 0.06, 0.08, 0.15, 0.40, 0.90, 1.20, 1.20, 1.30, 1.50,
    1.70, 1.50, 1.30, 1.30, 1.44, 1.74, 1.90, 1.70, 1.40, 1.00, 0.60, 0.30
  };

  private final Cardholders holders;
  private final Dice dice;
  private final Shopping shopping;
  private final Frauds frauds;

  /** What has been planned and is not due yet: of equal times in the order of planning. */
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(
          Comparator.comparingLong(Planned::time).thenComparingLong(Planned::order));

  private long plans;
  private Purchase arriving;

  private record Planned(long order, Purchase purchase) {
    long time() {
      return purchase.time();
    }
  }

  Purchases(long seed, long startMillis) {
    this.holders = new Cardholders(seed);
    this.dice = new Dice(seed + 1);
    this.shopping = new Shopping(holders, dice);
    this.frauds = new Frauds(holders, dice);
    this.arriving = shopping.purchase(holders.drawActive(dice), startMillis);
  }

  /** The next payment of anybody. */
  Purchase next() {
    Planned due = planned.peek();
    if (due != null && due.time() <= arriving.time()) {
      planned.remove();
      return due.purchase();
    }
    Purchase now = arriving;
    arriving = arrivalAfter(now);
    planWhatFollows(now);
    return dice.chance(MALFORMED) ? now.as(Kind.MALFORMED) : now;
  }

  private Purchase arrivalAfter(Purchase now) {
    double gap = dice.exponential(MEAN_GAP_MILLIS / BUSY[now.hour()]);
    return shopping.purchase(holders.drawActive(dice), now.time() + (long) gap);
  }

  private void planWhatFollows(Purchase now) {
    if (dice.chance(FOLLOWED)) {
      plan(shopping.purchase(now.card(), now.time() + dice.between(20_000, 240_000)));
    }
    if (dice.chance(ATTACKED)) {
      frauds.attack(now.time(), this::plan);
    }
  }

  private void plan(Purchase purchase) {
    planned.add(new Planned(plans++, purchase));
  }
}
