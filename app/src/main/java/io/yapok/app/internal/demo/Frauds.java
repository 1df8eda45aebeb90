package io.yapok.app.internal.demo;

import java.util.function.Consumer;

/** How thieves pay. Each attack is a series of payments with one card. For one thread. */
final class Frauds {
  private final Cardholders holders;
  private final Dice dice;

  Frauds(Cardholders holders, Dice dice) {
    this.holders = holders;
    this.dice = dice;
  }

  /** Plans one attack that begins now; hands over its payments, each later than the one before. */
  void attack(long time, Consumer<Purchase> plan) {
    int card = holders.drawAny(dice);
    double which = dice.unit();
    if (which < 0.4) {
      testCard(card, time, plan);
    } else if (which < 0.75) {
      useClone(card, time, plan);
    } else {
      takeOver(card, time, plan);
    }
  }

  private void testCard(int card, long start, Consumer<Purchase> plan) {
    long time = start;
    long tries = dice.between(4, 10);
    for (int tried = 0; tried < tries; tried++) {
      time += dice.between(3_000, 25_000);
      Category category = dice.oneOf(Category.DIGITAL, Category.DIGITAL, Category.MARKETPLACE);
      plan.accept(online(card, time, dice.between(50, 300), category, 0.6, Kind.CARD_TESTING));
    }
    time += dice.between(20_000, 90_000);
    Category category = dice.oneOf(Category.ELECTRONICS, Category.MARKETPLACE);
    plan.accept(online(card, time, dice.between(25_000, 90_000), category, 0.6, Kind.CARD_TESTING));
  }

  private void useClone(int card, long start, Consumer<Purchase> plan) {
    long time = start;
    Country home = holders.home(card);
    Country country = dice.chance(0.85) ? Country.abroad(home, dice) : home;
    long purchases = dice.between(2, 6);
    for (int made = 0; made < purchases; made++) {
      Category category =
          dice.oneOf(
              Category.CASH, Category.ELECTRONICS, Category.JEWELRY, Category.CLOTHING, Category.FUEL);
      long cents = dice.between(12, 70) * 1000;
      Channel channel = dice.chance(0.8) ? Channel.MAGSTRIPE : Channel.CONTACTLESS;
      plan.accept(
          new Purchase(time, card, cents, category, channel, country, home, Kind.CLONED_CARD));
      time += dice.between(60_000, 400_000);
    }
  }

  private void takeOver(int card, long start, Consumer<Purchase> plan) {
    long time = start;
    long purchases = dice.between(1, 4);
    for (int made = 0; made < purchases; made++) {
      Category category =
          dice.oneOf(
              Category.ELECTRONICS, Category.TRAVEL, Category.MARKETPLACE, Category.JEWELRY);
      long cents = dice.between(30_000, 180_000);
      plan.accept(online(card, time, cents, category, 0.5, Kind.TAKEOVER));
      time += dice.between(120_000, 600_000);
    }
  }

  private Purchase online(
      int card, long time, long cents, Category category, double abroad, Kind kind) {
    Country home = holders.home(card);
    Country country = dice.chance(abroad) ? Country.abroad(home, dice) : home;
    return new Purchase(time, card, cents, category, Channel.ONLINE, country, home, kind);
  }
}
